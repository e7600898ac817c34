import type { PairRange } from './pair-batch'

/**
 * Takes a batch of pairs through all layers; afterwards the arrays hold the kernels of the range's
 * pairs in its order.
 */
export interface KernelBatch {
  readonly nngp: Float64Array
  readonly ntk: Float64Array
  /** I(x, x′). */
  readonly sgNtk: Float64Array
  /** I(x′, x), where it was asked for. */
  readonly sgNtkMirrored: Float64Array
  /**
   * @param range at most BATCH pairs
   * @param mirror fills sgNtkMirrored too
   */
  readonly compute: (range: PairRange, mirror: boolean) => void
}
