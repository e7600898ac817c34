import type { Matrix } from '../../design/dataset'

/** An entry where a kernel does not exist as a finite number. */
export interface DivergingEntry {
  readonly row: number
  readonly column: number
  /** +1 for +∞, −1 for −∞: the sign of the limit m → ∞ of erf_m. */
  readonly sign: 1 | -1
}

/** How much of a kernel diverges, and where. */
export interface Divergence {
  readonly count: number
  /** The first of them in row order, at most as many as were asked for. */
  readonly entries: readonly DivergingEntry[]
}

/**
 * The entries of a kernel that are ±∞: the NTK of step networks at coinciding, collinear and, without
 * biases, opposite inputs.
 *
 * @param atMost how many entries to list; all are counted
 */
export function divergingEntries({ values, columns }: Matrix, atMost = 100): Divergence {
  const entries: DivergingEntry[] = []
  let count = 0
  values.forEach((value, at) => {
    if (value !== Infinity && value !== -Infinity) return
    count++
    if (entries.length >= atMost) return
    const row = Math.floor(at / columns)
    entries.push({ row, column: at - row * columns, sign: value > 0 ? 1 : -1 })
  })
  return { count, entries }
}
