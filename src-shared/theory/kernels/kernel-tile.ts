import { KernelBatch } from './kernel-batch'
import type { KernelPlan } from './kernel-plan'
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

/** Rows computed side by side: their mirrored entries then fill whole cache lines. */
const ROWS_TOGETHER = 8
/** Pairs by quadrature take up to a millisecond each. */
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
  const batch = new KernelBatch()
  const size = plan.layers.some((layer) => layer.moments.isSlow) ? SLOW_BATCH : BATCH
  for (let top = range.fromRow; top < range.toRow; top += ROWS_TOGETHER) {
    const bottom = Math.min(top + ROWS_TOGETHER, range.toRow)
    const left = mirrored ? Math.max(range.fromColumn, top) : range.fromColumn
    for (let start = left; start < range.toColumn; start += size) {
      const end = Math.min(start + size, range.toColumn)
      for (let i = top; i < bottom; i++) {
        const second = mirrored ? Math.max(start, i) : start
        if (second >= end) continue
        const pairs = { first: i, second, count: end - second, diagonal: false }
        batch.compute(plan, pairs, mirrored !== null && plan.hasSurrogate)
        store(batch, i, second, pairs.count, target)
        if (mirrored) storeMirrored(batch, i, second, pairs.count, mirrored)
        if (size === SLOW_BATCH) yield
      }
      yield
    }
  }
}

function store(
  batch: KernelBatch,
  i: number,
  j: number,
  count: number,
  { nngp, ntk, sgNtk, offset, stride }: KernelTarget
): void {
  const at = offset + i * stride + j
  nngp.set(batch.nngp.subarray(0, count), at)
  ntk.set(batch.ntk.subarray(0, count), at)
  sgNtk?.set(batch.sgNtk.subarray(0, count), at)
}

function storeMirrored(
  { nngp, ntk, sgNtkMirrored }: KernelBatch,
  i: number,
  j: number,
  count: number,
  target: KernelTarget
): void {
  let at = target.offset + j * target.stride + i
  for (let p = 0; p < count; p++, at += target.stride) {
    // The diagonal has been stored; its two SG-NTK entries are one.
    if (j + p === i) continue
    target.nngp[at] = nngp[p] ?? NaN
    target.ntk[at] = ntk[p] ?? NaN
    if (target.sgNtk) target.sgNtk[at] = sgNtkMirrored[p] ?? NaN
  }
}
