import { batchForPlan } from './batch-for-plan'
import { isSlow, type KernelPlan } from './kernel-plan'
import { BATCH } from './pair-batch'
import type { Stepwise } from '../stepwise'

/** Entry (i, j) of each kernel is at offset + i · stride + j of its array. */
export interface KernelTarget {
  readonly nngp: Float64Array
  readonly ntk: Float64Array
  readonly sgNtk: Float64Array | null
  readonly offset: number
  readonly stride: number
}

/** A part of a kernel: first arguments fromRow … toRow − 1, second ones fromColumn … toColumn − 1. */
export interface TileRange {
  readonly fromRow: number
  readonly toRow: number
  readonly fromColumn: number
  readonly toColumn: number
}

/** Rows whose mirrored entries are written together: they fill whole cache lines. */
const STRIP = 8
/** Pairs in a row where some go through quadrature. */
const SLOW_BATCH = 32

/**
 * Writes a part of all kernels of a plan into `target`.
 *
 * @param mirrored for kernels of a set with itself: where the entries (j, i) go. Entries below the
 *   diagonal are then left out of `target`, since the mirrored ones are the same pairs.
 */
export function* fillTile(
  plan: KernelPlan,
  range: TileRange,
  target: KernelTarget,
  mirrored: KernelTarget | null
): Stepwise<void> {
  for (const { prepare } of plan.layers) if (prepare) yield* prepare()
  const batch = batchForPlan(plan)
  const slow = isSlow(plan)
  const width = slow ? SLOW_BATCH : BATCH
  /** I(x′, x) of a strip. */
  const exchanged = new Float64Array(plan.hasSurrogate ? STRIP * BATCH : 0)
  for (let fromRow = range.fromRow; fromRow < range.toRow; fromRow += STRIP) {
    const toRow = Math.min(fromRow + STRIP, range.toRow)
    const left = mirrored ? Math.max(range.fromColumn, fromRow) : range.fromColumn
    for (let fromColumn = left; fromColumn < range.toColumn; fromColumn += width) {
      const toColumn = Math.min(fromColumn + width, range.toColumn)
      for (let first = fromRow; first < toRow; first++) {
        const second = mirrored ? Math.max(fromColumn, first) : fromColumn
        const count = toColumn - second
        if (count <= 0) continue
        batch.compute({ first, second, count, diagonal: false }, mirrored !== null)
        const at = target.offset + first * target.stride + second
        copy(batch.nngp, count, target.nngp, at)
        copy(batch.ntk, count, target.ntk, at)
        if (target.sgNtk) {
          copy(batch.sgNtk, count, target.sgNtk, at)
          const place = (first - fromRow) * BATCH + second - fromColumn
          if (mirrored) copy(batch.sgNtkMirrored, count, exchanged, place)
        }
        if (slow) yield
      }
      if (mirrored) {
        const strip = { fromRow, toRow, fromColumn, toColumn }
        const { offset, stride } = target
        transpose(strip, target.nngp, offset, stride, mirrored.nngp, mirrored)
        transpose(strip, target.ntk, offset, stride, mirrored.ntk, mirrored)
        const start = -(fromRow * BATCH + fromColumn)
        if (mirrored.sgNtk) transpose(strip, exchanged, start, BATCH, mirrored.sgNtk, mirrored)
      }
      yield
    }
  }
}

/** A loop: for so few numbers `set` and `subarray` take longer. */
function copy(values: Float64Array, count: number, into: Float64Array, at: number): void {
  for (let p = 0; p < count; p++) into[at + p] = values[p] ?? NaN
}

/**
 * Writes the entries above the diagonal of a strip to their mirrored places.
 *
 * @param offset entry (i, j) is at offset + i · width + j of `values`
 */
function transpose(
  { fromRow, toRow, fromColumn, toColumn }: TileRange,
  values: Float64Array,
  offset: number,
  width: number,
  into: Float64Array,
  target: Pick<KernelTarget, 'offset' | 'stride'>
): void {
  for (let j = fromColumn; j < toColumn; j++) {
    const end = Math.min(toRow, j)
    const at = target.offset + j * target.stride
    for (let i = fromRow; i < end; i++) into[at + i] = values[offset + i * width + j] ?? NaN
  }
}
