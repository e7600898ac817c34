import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'

/**
 * Every row of every table, to compare files by their contents; bytes as their SHA-256, since vitest's
 * own comparison of long arrays takes minutes.
 */
export function contents(path: string): Record<string, unknown[]> {
  const raw = new Database(path)
  const tables = raw
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all()
    .filter((name) => !name.startsWith('sqlite_'))
  const rows = tables.map((name) => {
    const all = raw.prepare<[], Record<string, unknown>>(`SELECT * FROM "${name}"`).all()
    return [name, all.map(readable)] as const
  })
  raw.close()
  return Object.fromEntries(rows)
}

function readable(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value instanceof Buffer ? createHash('sha256').update(value).digest('hex') : value
    ])
  )
}
