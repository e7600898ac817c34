import type { Stepwise } from '../stepwise'
import type { KernelPlan } from './kernel-plan'
import { fillTile, type KernelTarget, type TileRange } from './kernel-tile'

/** A rectangular part of all kernels, row-major: rows are first arguments. */
export interface KernelBlock extends TileRange {
  readonly nngp: Float64Array
  readonly ntk: Float64Array
  readonly sgNtk: Float64Array | null
}

/** Side of the blocks in which a large kernel is computed: 512² numbers are 2 MB. */
export const BLOCK_SIDE = 512

/**
 * The blocks that make up a kernel. Of a set with itself only those on and above the diagonal: each
 * gives its mirrored block along with it.
 */
export function blockRanges(plan: KernelPlan, side = BLOCK_SIDE): TileRange[] {
  const rows = plan.first.inputs.rows
  const columns = plan.second.inputs.rows
  const ranges: TileRange[] = []
  for (let fromRow = 0; fromRow < rows; fromRow += side) {
    for (let fromColumn = isOwn(plan) ? fromRow : 0; fromColumn < columns; fromColumn += side) {
      const toRow = Math.min(fromRow + side, rows)
      ranges.push({ fromRow, toRow, fromColumn, toColumn: Math.min(fromColumn + side, columns) })
    }
  }
  return ranges
}

/**
 * One block of all kernels and, of a set with itself and off the diagonal, the mirrored block, whose
 * NNGP and NTK are transposed and whose SG-NTK has its derivatives exchanged.
 *
 * Memory is that of the blocks alone, however many points there are.
 */
export function* computeBlock(plan: KernelPlan, range: TileRange): Stepwise<KernelBlock[]> {
  const block = emptyBlock(range, plan.hasSurrogate)
  if (!isOwn(plan)) {
    yield* fillTile(plan, range, targetOf(block), null)
    return [block]
  }
  if (range.fromRow === range.fromColumn) {
    yield* fillTile(plan, range, targetOf(block), targetOf(block))
    return [block]
  }
  const { fromRow, toRow, fromColumn, toColumn } = range
  const exchanged = { fromRow: fromColumn, toRow: toColumn, fromColumn: fromRow, toColumn: toRow }
  const mirrored = emptyBlock(exchanged, plan.hasSurrogate)
  yield* fillTile(plan, range, targetOf(block), targetOf(mirrored))
  return [block, mirrored]
}

/** Kernels of a set with itself. */
function isOwn(plan: KernelPlan): boolean {
  return plan.first === plan.second
}

function emptyBlock(range: TileRange, hasSurrogate: boolean): KernelBlock {
  const size = (range.toRow - range.fromRow) * (range.toColumn - range.fromColumn)
  const array = (): Float64Array => new Float64Array(size)
  return { ...range, nngp: array(), ntk: array(), sgNtk: hasSurrogate ? array() : null }
}

function targetOf({ fromRow, fromColumn, toColumn, nngp, ntk, sgNtk }: KernelBlock): KernelTarget {
  const stride = toColumn - fromColumn
  return { nngp, ntk, sgNtk, stride, offset: -(fromRow * stride + fromColumn) }
}
