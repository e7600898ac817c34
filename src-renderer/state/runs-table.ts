import { cellText, compareCells, type Cell } from '@shared/comparison/cell'
import { columnsNamed } from '@shared/comparison/columns-named'
import { formatNumber } from '@shared/figures/numbers'
import { searchRuns } from '@shared/organise/search-runs'
import type { RunRecord } from '@shared/organise/run-record'
import { messageOf } from './format'

/** Which runs a table shows, and in which order. */
export interface TableQuery {
  readonly search: string
  readonly archived: boolean
  /** A column; null: newest first. */
  readonly sort: string | null
  readonly descending: boolean
}

/** The rows of a table, or why there are none. */
export interface TableRows {
  readonly rows: readonly RunRecord[]
  /** What of the search is not understood; null where all is. */
  readonly problem: string | null
}

/** The runs that a table shows. */
export function tableRows(records: readonly RunRecord[], query: TableQuery): TableRows {
  const { search, archived, sort, descending } = query
  const listed = records.filter(({ cells }) => archived || cells['archived'] !== true)
  try {
    const found = searchRuns(listed, search)
    if (sort === null) return { rows: found, problem: null }
    const direction = descending ? -1 : 1
    const sorted = found.toSorted((a, b) => direction * compareCells(a.cells[sort], b.cells[sort]))
    return { rows: sorted, problem: null }
  } catch (problem) {
    return { rows: [], problem: messageOf(problem) }
  }
}

/** The columns that fields name among those that the runs have. */
export function namedColumns(fields: readonly string[], columns: readonly string[]): string[] {
  return [...new Set(fields.flatMap((field) => columnsNamed(field, columns)))]
}

/** A cell for people. */
export function tableText(cell: Cell | undefined): string {
  return cellText(cell, (value) =>
    Number.isInteger(value) && Math.abs(value) < 1e6 ? String(value) : formatNumber(value)
  )
}

/** The tags that a text states, separated by commas. */
export function tagsOf(text: string): string[] {
  return text
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')
}
