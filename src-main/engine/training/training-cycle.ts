import type { Cycle } from './delayed-cycle'
import { multipliedOut, type AffineGradient, type OuterProducts } from './gradient'
import type { TensorOperations } from './tensor-operations'
import type { TrainingSpec } from './trainer'
import type { TrainingLayer } from './training-layers'
import { affineOf, stepGradients, type StepPoints } from './training-step'

/**
 * Several steps of gradient descent with one pass over the large weights' memory at their end.
 *
 * A step moves the weights by a product of rank N, the number of points: little arithmetic for
 * reading and writing them all. So they stay as they are for the length of the cycle, the factors of
 * the products are collected, and the last step subtracts one product of rank length·N. Until then
 * layers compute with w₀ − Aᵀ Δ without forming it. This is gradient descent in another order of
 * summation: it agrees with trainingStep to rounding.
 *
 * @param variables in the order of TrainerState: gradient descent has no slots
 * @returns the variables after these steps, and ∂loss/∂outputs before each
 */
export function trainingCycle<T>(
  ops: TensorOperations<T>,
  spec: TrainingSpec,
  layers: readonly TrainingLayer[],
  variables: readonly T[],
  points: StepPoints<T>,
  { length, isDelayed }: Cycle
): { readonly variables: T[]; readonly residuals: T[] } {
  let affine = affineOf(layers, variables)
  const residuals: T[] = []
  for (let step = 0; step < length; step++) {
    const moved = stepGradients(ops, spec, layers, affine, points)
    residuals.push(moved.residuals)
    affine = affine.map(({ weights, biases, pending }, l) => {
      const [layer, gradient] = [layers[l], moved.gradients[l]]
      if (!layer || !gradient) throw new RangeError('a layer has no gradient')
      const next = ops.subtract(biases, gradient.biases)
      return isDelayed(layer)
        ? { weights, biases: next, pending: joined(ops, pending, gradient) }
        : { weights: ops.subtract(weights, multipliedOut(ops, gradient.weights)), biases: next }
    })
  }
  return {
    variables: affine.flatMap(({ weights, biases, pending }) => [
      pending ? ops.subtract(weights, multipliedOut(ops, pending)) : weights,
      biases
    ]),
    residuals
  }
}

function joined<T>(
  ops: TensorOperations<T>,
  pending: OuterProducts<T> | undefined,
  { weights }: AffineGradient<T>
): OuterProducts<T> {
  if (!pending) return weights
  return {
    activities: ops.joinRows(pending.activities, weights.activities),
    deltas: ops.joinRows(pending.deltas, weights.deltas)
  }
}
