import type Database from 'better-sqlite3'
import { damaged } from '../sqlite-errors'

/** Up to this size all of a file is checked when it is opened; that takes a fraction of a second. */
const WHOLE_CHECK_BYTES = 256 * 2 ** 20
/** Findings that a message names. */
const FINDINGS = 3

/**
 * Checks the structure of an open session's file. In large files the tables of arrays are left out:
 * reading gigabytes would keep users waiting, and arrays are held against their checksums whenever they
 * are read.
 *
 * @throws {LabError} session-damaged
 */
export function requireSound(database: Database.Database, file: string): void {
  const findings = isSmall(database)
    ? quickCheck(database)
    : tablesWithoutArrays(database).flatMap((table) => quickCheck(database, table))
  if (findings.length > 0) throw damaged(file, findings.slice(0, FINDINGS).join('; '))
}

function isSmall(database: Database.Database): boolean {
  const pages = database.pragma('page_count', { simple: true }) as number
  return pages * (database.pragma('page_size', { simple: true }) as number) <= WHOLE_CHECK_BYTES
}

function quickCheck(database: Database.Database, table?: string): string[] {
  const what = table === undefined ? String(FINDINGS) : `"${table}"`
  const findings = database.prepare<[], string>(`PRAGMA quick_check(${what})`).pluck().all()
  // SQLite heads its findings with a line of its own.
  return findings.join() === 'ok' ? [] : findings.map((found) => found.replaceAll(/\s+/g, ' '))
}

function tablesWithoutArrays(database: Database.Database): string[] {
  return database
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema AS one WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND
         NOT EXISTS (SELECT 1 FROM pragma_table_info(one.name) WHERE name = 'data' AND type = 'BLOB')`
    )
    .pluck()
    .all()
}
