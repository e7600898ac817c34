import { readFileSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'

/** Bytes of a page of a session's file. */
const PAGE = 4096

/** Fills a page of a closed file, counted from 1 as SQLite does, with garbage. */
export function spoilPage(path: string, page: number): void {
  const bytes = readFileSync(path)
  writeFileSync(path, bytes.fill(0xa5, (page - 1) * PAGE, page * PAGE))
}

/** The page at which a table or index begins. */
export function rootPage(path: string, name: string): number {
  const root = withRaw(path, (raw) =>
    raw
      .prepare<[string], number>('SELECT rootpage FROM sqlite_schema WHERE name = ?')
      .pluck()
      .get(name)
  )
  if (root === undefined) throw new Error(`no table ${name}`)
  return root
}

/** Pages of a table, of one kind or all, in the order of their numbers. */
export function pagesOf(path: string, name: string, kind?: 'leaf' | 'overflow'): number[] {
  return withRaw(path, (raw) =>
    raw
      .prepare<[string, string | null], number>(
        'SELECT pageno FROM dbstat WHERE name = ? AND pagetype = coalesce(?, pagetype) ORDER BY pageno'
      )
      .pluck()
      .all(name, kind ?? null)
  )
}

/** Runs a statement on a closed file, as another program would. */
export function execute(path: string, statement: string): number {
  return withRaw(path, (raw) => raw.prepare(statement).run().changes)
}

/** The same by a program that does not enforce foreign keys. */
export function executeWithoutReferences(path: string, statement: string): void {
  withRaw(path, (raw) => {
    raw.pragma('foreign_keys = OFF')
    raw.exec(statement)
  })
}

function withRaw<T>(path: string, work: (raw: Database.Database) => T): T {
  const raw = new Database(path)
  try {
    return work(raw)
  } finally {
    raw.close()
  }
}
