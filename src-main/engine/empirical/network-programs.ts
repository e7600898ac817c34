import { activationMath, type Activation } from '@shared/design/activation'
import type { Elementwise } from '@shared/design/elementwise'
import type { StandIn } from '@shared/design/empirical-kernels'
import { networkLayers, type HiddenLayer, type NetworkDesign } from '@shared/design/network'
import { surrogateMath, type Surrogate } from '@shared/design/surrogate'
import { LabError } from '@shared/protocol/errors'

/** An elementwise function, written once for numbers and tensors. */
export type ElementwiseProgram = <T>(ops: Elementwise<T>, z: T) => T

/** What one hidden layer computes, forwards and backwards. */
export interface HiddenProgram {
  /** φ. */
  readonly evaluate: ElementwiseProgram
  /** φ′; zero for a step function, whose derivative is zero almost everywhere. */
  readonly derivative: ElementwiseProgram
  /** ψ, and φ′ where the layer has no surrogate. */
  readonly surrogate: ElementwiseProgram
}

/** Factors of one affine map h = weightFactor · W a + biasFactor · b. */
export interface AffineFactors {
  readonly weightFactor: number
  readonly biasFactor: number
}

/** A network of given sizes, as the forward and backward pass need it. */
export interface NetworkPrograms {
  readonly affine: readonly AffineFactors[]
  readonly hidden: readonly HiddenProgram[]
}

/**
 * Writes out what a design computes at given sizes.
 *
 * Factors are σ_w/√n and σ_b in NTK parametrisation, 1 in the standard one, where the parameters
 * themselves carry the scale.
 *
 * @param sizes units per layer, input to output
 * @param standIn replaces step activations, null to keep them
 * @throws {LabError} 'invalid-request' for a step function that has no stand-in
 */
export function networkPrograms(
  design: NetworkDesign,
  surrogate: Surrogate | null,
  sizes: readonly number[],
  standIn: StandIn | null = null
): NetworkPrograms {
  const { affine, hidden } = networkLayers(design, surrogate)
  return {
    affine: affine.map(({ sigmaW, sigmaB }, l) =>
      design.parametrisation === 'ntk'
        ? { weightFactor: sigmaW / Math.sqrt(sizes[l] ?? NaN), biasFactor: sigmaB }
        : { weightFactor: 1, biasFactor: 1 }
    ),
    hidden: hidden.map((layer) => hiddenProgram(layer, standIn))
  }
}

function hiddenProgram(
  { activation, surrogate }: HiddenLayer,
  standIn: StandIn | null
): HiddenProgram {
  const math = activationMath(activation)
  const smooth = math.derivative === null && standIn ? smoothStep(activation, standIn) : null
  const evaluate = smooth?.evaluate ?? math.evaluate
  const derivative = smooth?.derivative ?? math.derivative ?? zero
  return {
    evaluate,
    derivative,
    surrogate: surrogate ? surrogateMath(surrogate).evaluate : derivative
  }
}

const zero: ElementwiseProgram = (ops, z) => ops.fill(z, 0)

/** A step function smoothed to erf_m; its height and threshold stay. */
function smoothStep(
  activation: Activation,
  { m }: StandIn
): Pick<HiddenProgram, 'evaluate' | 'derivative'> {
  if (activation.name !== 'sign' && activation.name !== 'heaviside') {
    throw new LabError(
      'invalid-request',
      `standIn: erf can stand in for sign and heaviside, not for ${activation.name}`
    )
  }
  const { evaluate, derivative } = activationMath({ name: 'erf', m, theta: activation.theta })
  if (!derivative) throw new RangeError('erf has a derivative')
  if (activation.name === 'sign') return { evaluate, derivative }
  return {
    evaluate: (ops, z) => ops.shift(ops.scale(evaluate(ops, z), 0.5), 0.5),
    derivative: (ops, z) => ops.scale(derivative(ops, z), 0.5)
  }
}
