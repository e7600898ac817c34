import type Database from 'better-sqlite3'

/**
 * The tables that a session's file has, whatever its format, in the order in which they were made; those
 * of the newest format are in care/tables.ts, as the schema states them.
 */
export function tableNames(database: Database.Database): string[] {
  return database
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    )
    .pluck()
    .all()
}
