import type { Loss } from '@shared/design/optimiser'
import type { TensorOperations } from './tensor-operations'
import type { TrainingLayer } from './training-layers'

/** One affine layer: w (members × inputs × outputs) and β (members × 1 × outputs). */
export interface Affine<T> {
  readonly weights: T
  readonly biases: T
}

/** What a forward pass leaves behind. */
interface Trace<T> {
  /** What enters each affine layer. */
  readonly activities: readonly T[]
  /** The pre-activations of each hidden layer. */
  readonly preactivations: readonly T[]
  readonly outputs: T
}

/** h = a w + β, a = φ(h), from layer to layer. */
export function forward<T>(
  ops: TensorOperations<T>,
  layers: readonly TrainingLayer[],
  variables: readonly Affine<T>[],
  inputs: T
): Trace<T> {
  const activities: T[] = []
  const preactivations: T[] = []
  let current = inputs
  variables.forEach(({ weights, biases }, l) => {
    activities.push(current)
    current = ops.add(ops.product(current, weights, 'none'), biases)
    const hidden = layers[l]?.hidden
    if (!hidden) return
    preactivations.push(current)
    current = hidden.evaluate(ops, current)
  })
  return { activities, preactivations, outputs: current }
}

/** ∂loss/∂outputs: f − y, with f through softmax for cross-entropy. */
export function residual<T>(ops: TensorOperations<T>, loss: Loss, outputs: T, targets: T): T {
  return ops.subtract(loss === 'crossEntropy' ? ops.softmax(outputs) : outputs, targets)
}

/**
 * Gradients of the loss, backpropagated by hand: wherever backpropagation asks for φ′ it takes ψ
 * (surrogate gradient learning), or φ′ itself where a layer has no surrogate.
 *
 * @param residuals ∂loss/∂outputs
 * @param factor of each layer: multiplies its gradients. It goes on the smaller of a and δ, not on
 *   their large product: one pass less over memory
 */
export function backward<T>(
  ops: TensorOperations<T>,
  layers: readonly TrainingLayer[],
  variables: readonly Affine<T>[],
  { activities, preactivations }: Trace<T>,
  residuals: T,
  factor: (layer: TrainingLayer) => { readonly weights: number; readonly biases: number }
): Affine<T>[] {
  const gradients: Affine<T>[] = []
  let delta = residuals
  for (let l = layers.length - 1; l >= 0; l--) {
    const [layer, activity, variable] = [layers[l], activities[l], variables[l]]
    if (!layer || activity === undefined || !variable) throw new RangeError('a layer has no trace')
    const { weights, biases } = factor(layer)
    gradients[l] = {
      weights:
        layer.inputs < layer.outputs
          ? ops.product(ops.scale(activity, weights), delta, 'first')
          : ops.product(activity, ops.scale(delta, weights), 'first'),
      biases: ops.scale(ops.sumRows(delta), biases)
    }
    const [before, preactivation] = [layers[l - 1]?.hidden, preactivations[l - 1]]
    if (!before || preactivation === undefined) continue
    const arriving = ops.product(delta, variable.weights, 'second')
    delta = ops.multiply(arriving, before.backward(ops, preactivation))
  }
  return gradients
}
