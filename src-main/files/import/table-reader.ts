import type { ImportFormat } from '@shared/protocol/datasets'
import { LabError } from '@shared/protocol/errors'

/** More cells than this are refused: 80 MB of float64. */
export const MAXIMUM_CELLS = 10_000_000
export const MAXIMUM_COLUMNS = 20_000

const BATCH_CELLS = 50_000

/** How many rows are read before other work gets its turn. */
export function batchRows(columns: number): number {
  return Math.max(1, Math.floor(BATCH_CELLS / columns))
}

/** A value as the file has it; texts may still be numbers. Empty where there is none. */
export type Cell = string | number

/** One row of a table, and where it stands in the file. */
export interface Row {
  readonly number: number
  readonly cells: readonly Cell[]
}

/** A column of a table. */
export interface ReadColumn {
  readonly name: string
  /** The array that it is part of; roles may be given to arrays as a whole. */
  readonly group: string | null
}

/** A table in a file, before anything is made of its rows. */
export interface TableReader {
  /** The file's name, for messages. */
  readonly name: string
  readonly format: ImportFormat
  readonly columns: readonly ReadColumn[]
  /** null where the format has none. */
  readonly delimiter: string | null
  readonly header: boolean | null
  readonly decimal: '.' | ','
  /** What a row's number counts. */
  readonly counted: 'line' | 'row'
  /** Reads the file from its first row, giving other work its turn in between. */
  batches(): AsyncIterable<readonly Row[]>
}

/** @throws {LabError} 'invalid-request' for columns of one name, none at all, or too many */
export function requireColumns(name: string, columns: readonly ReadColumn[]): void {
  if (columns.length === 0) throw unreadable(name, 'has no columns')
  if (columns.length > MAXIMUM_COLUMNS) {
    throw unreadable(name, `has ${columns.length} columns, more than ${MAXIMUM_COLUMNS}`)
  }
  const places = new Map<string, number>()
  columns.forEach((column, i) => {
    const before = places.get(column.name)
    if (before !== undefined) {
      throw unreadable(
        name,
        `has two columns “${column.name}”, the ${before + 1}. and the ${i + 1}.: rename one`
      )
    }
    places.set(column.name, i)
  })
}

/** Columns of a table without names. */
export function numberedColumns(count: number): ReadColumn[] {
  return Array.from({ length: count }, (_, i) => ({ name: `column ${i + 1}`, group: null }))
}

/** Where a cell is, for messages. */
export function placeOf({ name, counted }: TableReader, row: number, column: string): string {
  return `${name}, ${counted} ${row}, column “${column}”`
}

/** The error for a file that cannot be imported. */
export function unreadable(name: string, problem: string, cause?: unknown): LabError {
  return new LabError('invalid-request', `${name} ${problem}.`, { cause })
}
