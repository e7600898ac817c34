import type { Optimiser } from '@shared/design/optimiser'
import type { TensorOperations } from './tensor-operations'

/** The optimiser's memory per parameter: how many arrays of its shape. */
export function slotCount(optimiser: Optimiser): number {
  switch (optimiser.kind) {
    case 'gd':
    case 'sgd':
      return 0
    case 'momentum':
      return 1
    case 'adam':
      return 2
  }
}

/** One scaled variable w = scale · θ and its slots. */
export interface Slotted<T> {
  readonly variable: T
  readonly slots: readonly T[]
}

/**
 * What a gradient ∂loss/∂w is multiplied with before it comes to `optimiserStep`.
 *
 * Gradient descent and momentum are linear in the gradient, so η and both factors ∂w/∂θ go in here;
 * Adam needs the gradient of θ itself.
 */
export function gradientFactor(optimiser: Optimiser, learningRate: number, scale: number): number {
  return optimiser.kind === 'adam' ? scale : learningRate * scale * scale
}

/**
 * Moves one variable: the rules of `Optimiser`, stated for θ, on w = scale · θ.
 *
 * @param gradient times gradientFactor
 * @param step number of this step, from 1, as an array of one number
 */
export function optimiserStep<T>(
  ops: TensorOperations<T>,
  optimiser: Optimiser,
  { learningRate, scale }: { readonly learningRate: number; readonly scale: number },
  { variable, slots }: Slotted<T>,
  gradient: T,
  step: T
): Slotted<T> {
  const [first, second] = slots
  if (optimiser.kind === 'momentum') {
    if (first === undefined) throw new RangeError('momentum has no slot')
    const { beta, nesterov } = optimiser
    const velocity = ops.add(ops.scale(first, beta), gradient)
    const move = nesterov ? ops.add(ops.scale(velocity, beta), gradient) : velocity
    return { variable: ops.subtract(variable, move), slots: [velocity] }
  }
  if (optimiser.kind === 'adam') {
    if (first === undefined || second === undefined) throw new RangeError('Adam has no slots')
    const { beta1, beta2, epsilon } = optimiser
    const mean = ops.add(ops.scale(first, beta1), ops.scale(gradient, 1 - beta1))
    const squares = ops.multiply(gradient, gradient)
    const square = ops.add(ops.scale(second, beta2), ops.scale(squares, 1 - beta2))
    const deviation = ops.sqrt(ops.divide(square, biasCorrection(ops, beta2, step)))
    const size = ops.divide(mean, biasCorrection(ops, beta1, step))
    const move = ops.scale(ops.divide(size, ops.shift(deviation, epsilon)), learningRate * scale)
    return { variable: ops.subtract(variable, move), slots: [mean, square] }
  }
  return { variable: ops.subtract(variable, gradient), slots: [] }
}

/** 1 − βᵗ, which cancels for small t unless formed by expm1. */
function biasCorrection<T>(ops: TensorOperations<T>, beta: number, step: T): T {
  return ops.scale(ops.expm1(ops.scale(step, Math.log(beta))), -1)
}
