import type Database from 'better-sqlite3'
import { damaged } from '../sqlite-errors'
import { tableNames } from '../table-names'

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
  const numbers = database.prepare<[string]>(
    "SELECT 1 FROM pragma_table_info(?) WHERE name = 'data' AND type = 'BLOB'"
  )
  return tableNames(database).filter((table) => numbers.get(table) === undefined)
}
