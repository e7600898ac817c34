import type { Elementwise } from '@shared/design/elementwise'

/** An array whose shape is known before its numbers are. */
export interface Shaped {
  readonly shape: readonly number[]
}

/**
 * The operations in which empirical kernels are written once: run one by one (RawTensors), or written
 * into a graph (graphTensors).
 *
 * Binary operations broadcast axes of length 1; products broadcast over members.
 */
export interface KernelOperations<T extends Shaped> extends Elementwise<T> {
  /** Products of the last two dimensions of arrays of three: x y, or x yᵀ. */
  product(x: T, y: T, transposed?: 'none' | 'second'): T
  reshape(x: T, shape: readonly number[]): T
  transpose(x: T, permutation: readonly number[]): T
  tile(x: T, multiples: readonly number[]): T
  /** Numbers that are always the same. */
  tensor(values: Float32Array, shape: readonly number[]): T
  /** Runs `compute`; what it made may be gone afterwards, apart from what it answers. */
  scope<Kept extends T | readonly T[]>(compute: () => Kept): Kept
}
