import type { Loss } from '@shared/design/optimiser'
import type { TensorOperations } from './tensor-operations'
import type { TrainingLayer } from './training-layers'

/** The matrix activitiesᵀ deltas, from members × rows × inputs and members × rows × outputs. */
export interface OuterProducts<T> {
  readonly activities: T
  readonly deltas: T
}

/** One affine layer: w (members × inputs × outputs) and β (members × 1 × outputs). */
export interface Affine<T> {
  readonly weights: T
  readonly biases: T
  /** Still to be subtracted from the weights. */
  readonly pending?: OuterProducts<T> | undefined
}

/** The gradients of one layer; that of the weights is not multiplied out. */
export interface AffineGradient<T> {
  readonly weights: OuterProducts<T>
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
  variables.forEach((variable, l) => {
    activities.push(current)
    current = ops.add(timesWeights(ops, current, variable), variable.biases)
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
 * @returns of each layer
 */
export function backward<T>(
  ops: TensorOperations<T>,
  layers: readonly TrainingLayer[],
  variables: readonly Affine<T>[],
  { activities, preactivations }: Trace<T>,
  residuals: T,
  factor: (layer: TrainingLayer) => { readonly weights: number; readonly biases: number }
): AffineGradient<T>[] {
  const gradients: AffineGradient<T>[] = []
  let delta = residuals
  for (let l = layers.length - 1; l >= 0; l--) {
    const [layer, activity, variable] = [layers[l], activities[l], variables[l]]
    if (!layer || activity === undefined || !variable) throw new RangeError('a layer has no trace')
    const { weights, biases } = factor(layer)
    gradients[l] = {
      weights:
        layer.inputs < layer.outputs
          ? { activities: ops.scale(activity, weights), deltas: delta }
          : { activities: activity, deltas: ops.scale(delta, weights) },
      biases: ops.scale(ops.sumRows(delta), biases)
    }
    const [before, preactivation] = [layers[l - 1]?.hidden, preactivations[l - 1]]
    if (!before || preactivation === undefined) continue
    const arriving = timesTransposedWeights(ops, delta, variable)
    delta = ops.multiply(arriving, before.backward(ops, preactivation))
  }
  return gradients
}

/** The gradient of a layer's weights, multiplied out: members × inputs × outputs. */
export function multipliedOut<T>(
  ops: TensorOperations<T>,
  { activities, deltas }: OuterProducts<T>
): T {
  return ops.product(activities, deltas, 'first')
}

/** a w, where w has outer products pending: a w₀ − (a Aᵀ) Δ, without forming w. */
function timesWeights<T>(
  ops: TensorOperations<T>,
  activity: T,
  { weights, pending }: Affine<T>
): T {
  const product = ops.product(activity, weights, 'none')
  if (!pending) return product
  const overlap = ops.product(activity, pending.activities, 'second')
  return ops.subtract(product, ops.product(overlap, pending.deltas, 'none'))
}

/** δ wᵀ, likewise: δ w₀ᵀ − (δ Δᵀ) A. */
function timesTransposedWeights<T>(
  ops: TensorOperations<T>,
  delta: T,
  { weights, pending }: Affine<T>
): T {
  const product = ops.product(delta, weights, 'second')
  if (!pending) return product
  const overlap = ops.product(delta, pending.deltas, 'second')
  return ops.subtract(product, ops.product(overlap, pending.activities, 'none'))
}
