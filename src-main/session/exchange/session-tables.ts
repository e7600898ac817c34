import type Database from 'better-sqlite3'
import { tableNames } from '../table-names'

/** A table whose rows leave a session together with rows that refer to them. */
export type RootTable = 'run' | 'dataset' | 'figure' | 'study'

/** What identifies a row of a root everywhere. */
export const rootKeys: Readonly<Record<RootTable, string>> = {
  run: 'id',
  dataset: 'sha256',
  figure: 'id',
  study: 'id'
}

/** A table that belongs to a root, as the file itself describes it: later formats may have more of them. */
export interface OwnedTable {
  readonly name: string
  /** The column that says which row of the root it belongs to. */
  readonly key: string
  /** All but the number that only says in what order rows came. */
  readonly columns: readonly string[]
  /** Whether its rows are arrays, whose numbers are in the column "data". */
  readonly hasArrays: boolean
}

/** A root and the tables that refer to it, in the order in which rows can be inserted. */
export function ownedTables(database: Database.Database, root: RootTable): OwnedTable[] {
  const owned = tableNames(database).flatMap((name): OwnedTable[] => {
    if (name === root) return [described(database, name, rootKeys[root])]
    const key = referringColumn(database, name, root)
    return key === null ? [] : [described(database, name, key)]
  })
  return [
    ...owned.filter(({ name }) => name === root),
    ...owned.filter(({ name }) => name !== root)
  ]
}

function referringColumn(
  database: Database.Database,
  name: string,
  root: RootTable
): string | null {
  const references = database.pragma(`foreign_key_list(${quoted(name)})`) as {
    table: string
    from: string
    to: string
  }[]
  return references.find(({ table, to }) => table === root && to === rootKeys[root])?.from ?? null
}

function described(database: Database.Database, name: string, key: string): OwnedTable {
  const columns = (database.pragma(`table_info(${quoted(name)})`) as { name: string; pk: number }[])
    .filter((column) => !(column.pk === 1 && column.name === 'number'))
    .map((column) => column.name)
  const hasArrays = ['dtype', 'shape', 'data'].every((column) => columns.includes(column))
  return { name, key, columns, hasArrays }
}

/** A name in SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** Names in SQL, with commas between them. */
export function quotedList(names: readonly string[]): string {
  return names.map(quoted).join(', ')
}
