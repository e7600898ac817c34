import type { Cell } from './table-reader'

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const missing = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '?', '-'])
const infinite = /^[+-]?inf(?:inity)?$/i

/** The number that a cell states; null where it states none, ±∞ where it is too large. */
export function numberFrom(cell: Cell, decimal: '.' | ','): number | null {
  if (typeof cell === 'number') return Number.isNaN(cell) ? null : cell
  const trimmed = cell.trim()
  const text = decimal === ',' ? trimmed.replace(',', '.') : trimmed
  if (number.test(text)) return Number(text)
  return infinite.test(text) ? Infinity : null
}

/** Whether a cell states that there is no value: empty, NA, NaN, null, ?, … */
export function isMissing(cell: Cell): boolean {
  return typeof cell === 'number' ? Number.isNaN(cell) : missing.has(cell.trim().toLowerCase())
}
