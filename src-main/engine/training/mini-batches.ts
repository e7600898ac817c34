import { sampleWithoutReplacement } from '@shared/random/sampling'
import { streamPurpose } from '@shared/random/stream'

/**
 * The points of every step's mini-batch: shuffles of all points, one after another, cut into batches
 * of equal size. They depend on the seed and the number of the step alone; all members share them.
 */
export class MiniBatches {
  private shuffle: { readonly epoch: number; readonly order: readonly number[] } | null = null

  constructor(
    private readonly points: number,
    readonly size: number,
    private readonly seed: number
  ) {}

  /** Indices of the points of steps first + 1 … first + count: count × size. */
  indices(first: number, count: number): Int32Array {
    return Int32Array.from({ length: count * this.size }, (_, i) => {
      const position = first * this.size + i
      const order = this.order(Math.floor(position / this.points))
      return order[position % this.points] ?? 0
    })
  }

  private order(epoch: number): readonly number[] {
    if (this.shuffle?.epoch !== epoch) {
      const stream = { purpose: streamPurpose.batches, member: epoch }
      const order = sampleWithoutReplacement(this.points, this.points, this.seed, stream)
      this.shuffle = { epoch, order }
    }
    return this.shuffle.order
  }
}
