import type { Elementwise } from '@shared/design/elementwise'

/**
 * The operations in which a training step is written once, on arrays members × rows × columns.
 *
 * Binary operations broadcast axes of length 1; the products broadcast over members.
 */
export interface TensorOperations<T> extends Elementwise<T> {
  subtract(x: T, y: T): T
  divide(x: T, y: T): T
  /** exp(x) − 1 without cancellation. */
  expm1(x: T): T
  /** x y, or xᵀ y, or x yᵀ, of every member. */
  product(x: T, y: T, transposed: 'none' | 'first' | 'second'): T
  /** The rows of x, then those of y. */
  joinRows(x: T, y: T): T
  /** Σ over rows, kept as one row. */
  sumRows(x: T): T
  /** softmax over columns. */
  softmax(x: T): T
}
