import type { TrainingSpec } from './trainer'
import {
  backward,
  forward,
  multipliedOut,
  residual,
  type Affine,
  type AffineGradient
} from './gradient'
import { gradientFactor, optimiserStep, slotCount } from './optimiser-step'
import type { TensorOperations } from './tensor-operations'
import type { TrainingLayer } from './training-layers'
import { batchSizeOf } from '@shared/design/optimiser'

/** How many arrays a trainer's state has for these layers: see TrainerState. */
export function variableCount(
  { optimiser }: TrainingSpec,
  layers: readonly TrainingLayer[]
): number {
  return 2 * layers.length * (1 + slotCount(optimiser))
}

/** w and β of each layer, out of a state's arrays. */
export function affineOf<T>(
  layers: readonly TrainingLayer[],
  variables: readonly T[]
): Affine<T>[] {
  return layers.map((_, l) => {
    const [weights, biases] = [variables[2 * l], variables[2 * l + 1]]
    if (weights === undefined || biases === undefined) throw new RangeError('a layer is missing')
    return { weights, biases }
  })
}

/** The points of one step: 1 × points × units. */
export interface StepPoints<T> {
  readonly inputs: T
  readonly targets: T
}

/** The gradients of every layer, times gradientFactor, and ∂loss/∂outputs. */
export function stepGradients<T>(
  ops: TensorOperations<T>,
  { optimiser, learningRate, loss, data, ...spec }: TrainingSpec,
  layers: readonly TrainingLayer[],
  variables: readonly Affine<T>[],
  { inputs, targets }: StepPoints<T>
): { readonly gradients: AffineGradient<T>[]; readonly residuals: T } {
  const points = data.trainInputs.rows
  // A mini-batch stands for all points: its gradient is an unbiased estimate of theirs.
  const lossFactor = spec.lossFactor * (points / (batchSizeOf(optimiser) ?? points))
  const trace = forward(ops, layers, variables, inputs)
  const residuals = residual(ops, loss, trace.outputs, targets)
  const factor = (scale: number) => lossFactor * gradientFactor(optimiser, learningRate, scale)
  const gradients = backward(ops, layers, variables, trace, residuals, (layer) => ({
    weights: factor(layer.weightScale),
    biases: factor(layer.biasScale)
  }))
  return { gradients, residuals }
}

/**
 * One step of training, the whole of it.
 *
 * @param variables in the order of TrainerState
 * @param points of this step
 * @param step number of this step, from 1
 * @returns the new variables, and ∂loss/∂outputs before the step
 */
export function trainingStep<T>(
  ops: TensorOperations<T>,
  spec: TrainingSpec,
  layers: readonly TrainingLayer[],
  variables: readonly T[],
  points: StepPoints<T>,
  step: T
): { readonly variables: T[]; readonly residuals: T } {
  const { optimiser, learningRate } = spec
  const affine = affineOf(layers, variables)
  const { gradients, residuals } = stepGradients(ops, spec, layers, affine, points)
  const parameters = 2 * layers.length
  const next = [...variables]
  layers.forEach((layer, l) => {
    const { weights, biases } = gradients[l] ?? {}
    const both = [
      { at: 2 * l, gradient: weights && multipliedOut(ops, weights), scale: layer.weightScale },
      { at: 2 * l + 1, gradient: biases, scale: layer.biasScale }
    ]
    for (const { at, gradient, scale } of both) {
      const variable = variables[at]
      if (variable === undefined || gradient === undefined) throw new RangeError('no such layer')
      const slots = variables.filter((_, i) => i >= parameters && (i - at) % parameters === 0)
      const moved = optimiserStep(
        ops,
        optimiser,
        { learningRate, scale },
        { variable, slots },
        gradient,
        step
      )
      next[at] = moved.variable
      moved.slots.forEach((slot, i) => {
        next[at + (i + 1) * parameters] = slot
      })
    }
  })
  return { variables: next, residuals }
}
