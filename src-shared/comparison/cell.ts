import { z } from 'zod'

/** One value of a table of runs; a list where a run has several, such as its widths. */
export const cellSchema = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.union([z.string(), z.number(), z.null()]))
])
export type Cell = z.infer<typeof cellSchema>

/** Values by the name of their column, such as "design.sigmaW". */
export const cellsSchema = z.record(z.string(), cellSchema)
export type Cells = z.infer<typeof cellsSchema>

/** A cell as people read it; a column that a run lacks is empty. */
export function cellText(
  cell: Cell | undefined,
  format: (value: number) => string = String
): string {
  if (cell === undefined) return ''
  if (Array.isArray(cell)) return cell.map((entry) => cellText(entry, format)).join(', ')
  if (cell === null) return 'none'
  if (typeof cell === 'number') return format(cell)
  return String(cell)
}

/** Orders cells: nothing first, then numbers by size, then everything else as text. */
export function compareCells(a: Cell | undefined, b: Cell | undefined): number {
  const [left, right] = [firstOf(a), firstOf(b)]
  const ranks = rankOf(left) - rankOf(right)
  if (ranks !== 0) return ranks
  if (typeof left === 'number' && typeof right === 'number') return left - right
  return String(left).localeCompare(String(right), undefined, { numeric: true })
}

/** A list is ordered by its first entry. */
function firstOf(cell: Cell | undefined): string | number | boolean | null {
  return (Array.isArray(cell) ? cell[0] : cell) ?? null
}

function rankOf(value: string | number | boolean | null): number {
  if (value === null) return 0
  return typeof value === 'number' ? 1 : 2
}
