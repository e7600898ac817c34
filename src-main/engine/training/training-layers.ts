import { activationMath } from '@shared/design/activation'
import type { Elementwise } from '@shared/design/elementwise'
import { networkLayers, type NetworkDesign } from '@shared/design/network'
import type { Surrogate } from '@shared/design/surrogate'
import { surrogateMath } from '@shared/design/surrogate'

type Program = <T>(ops: Elementwise<T>, z: T) => T

/** What one layer of a network is in training: an affine map and, but for the last, φ and ψ. */
export interface TrainingLayer {
  readonly inputs: number
  readonly outputs: number
  /** w = weightFactor · W, from W ~ N(0, 1). */
  readonly weightFactor: number
  /** β = biasFactor · b, from b ~ N(0, 1). */
  readonly biasFactor: number
  /** ∂w/∂θ of the parameter θ that training moves: the factor in NTK parametrisation, else 1. */
  readonly weightScale: number
  /** ∂β/∂θ, likewise. */
  readonly biasScale: number
  /** null in the output layer. */
  readonly hidden: { readonly evaluate: Program; readonly backward: Program } | null
}

/**
 * A design's layers as training uses them.
 *
 * @param sizes units per layer, input to output
 * @throws {RangeError} for a step activation without a surrogate
 */
export function trainingLayers(
  design: NetworkDesign,
  surrogate: Surrogate | null,
  sizes: readonly number[]
): TrainingLayer[] {
  const { affine, hidden } = networkLayers(design, surrogate)
  return affine.map(({ sigmaW, sigmaB }, l) => {
    const [inputs = 0, outputs = 0] = [sizes[l], sizes[l + 1]]
    const weightFactor = sigmaW / Math.sqrt(inputs)
    const after = hidden[l]
    const isScaled = design.parametrisation === 'ntk'
    return {
      inputs,
      outputs,
      weightFactor,
      biasFactor: sigmaB,
      weightScale: isScaled ? weightFactor : 1,
      biasScale: isScaled ? sigmaB : 1,
      hidden: after ? programs(after) : null
    }
  })
}

function programs({
  activation,
  surrogate
}: ReturnType<typeof networkLayers>['hidden'][number]): NonNullable<TrainingLayer['hidden']> {
  const { evaluate, derivative } = activationMath(activation)
  const backward = surrogate ? surrogateMath(surrogate).evaluate : derivative
  if (!backward) throw new RangeError(`${activation.name} cannot be trained without a surrogate`)
  return { evaluate, backward }
}
