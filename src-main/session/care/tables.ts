import { getTableColumns, is, type Column } from 'drizzle-orm'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import * as schema from '../schema'

/** All tables of a session, each after those that it refers to. */
export const tables: readonly SQLiteTable[] = inOrderOfReference(
  Object.values(schema).filter((value) => is(value, SQLiteTable))
)

/** The tables whose rows are arrays with their checksums. */
export const arrayTables: readonly SQLiteTable[] = tables.filter((table) => {
  const names = columnsOf(table).map(({ name }) => name)
  return names.includes('checksum') && names.includes('data')
})

/** A table's columns in their order. */
export function columnsOf(table: SQLiteTable): Column[] {
  return Object.values(getTableColumns(table))
}

/** The columns of a table that refer to a run's id. */
export function runColumns(table: SQLiteTable): string[] {
  return getTableConfig(table).foreignKeys.flatMap((key) => {
    const { columns, foreignColumns } = key.reference()
    const toRun = foreignColumns[0]?.table === schema.runs
    return toRun ? columns.map(({ name }) => name) : []
  })
}

function inOrderOfReference(all: readonly SQLiteTable[]): SQLiteTable[] {
  const ordered: SQLiteTable[] = []
  const add = (table: SQLiteTable): void => {
    if (ordered.includes(table)) return
    for (const { reference } of getTableConfig(table).foreignKeys) {
      const target = all.find((other) => other === reference().foreignTable)
      if (target && target !== table) add(target)
    }
    ordered.push(table)
  }
  all.forEach(add)
  return ordered
}
