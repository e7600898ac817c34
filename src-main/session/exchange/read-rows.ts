import type Database from 'better-sqlite3'
import type { BundleRows, RowValue } from '@shared/protocol/bundle'
import { ownedTables, quoted, quotedList, type RootTable } from './session-tables'

/**
 * A row of a root table with all rows that belong to it, as JSON holds them. The numbers of arrays are
 * left where they are: their place is a path.
 *
 * @param pathOf a path for the numbers of an array, from what the columns of its row say
 */
export function readRows(
  database: Database.Database,
  root: RootTable,
  id: string,
  pathOf: (column: (name: string) => string) => string
): BundleRows {
  return ownedTables(database, root).map(({ name, key, columns, hasArrays }) => {
    const read = columns.filter((column) => !(hasArrays && column === 'data'))
    const rows = database
      .prepare<[string], Record<string, unknown>>(
        `SELECT ${quotedList(read)} FROM ${quoted(name)} WHERE ${quoted(key)} = ? ORDER BY rowid`
      )
      .all(id)
      .map((row): Record<string, RowValue> => {
        return Object.fromEntries(read.map((column) => [column, inJson(row[column])]))
      })
    return {
      table: name,
      columns: [...columns],
      rows: rows.map((row) =>
        columns.map((column) =>
          read.includes(column)
            ? (row[column] ?? null)
            : { npy: pathOf((name) => textOf(row[name])) }
        )
      )
    }
  })
}

function inJson(value: unknown): RowValue {
  if (Buffer.isBuffer(value)) return { hex: value.toString('hex') }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return { real: value > 0 ? 'Infinity' : '-Infinity' }
  }
  if (typeof value === 'number' || typeof value === 'string') return value
  return null
}

function textOf(value: RowValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
