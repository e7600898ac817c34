import type Database from 'better-sqlite3'

/** One step of the session format: from version − 1 to version. Never changed once released. */
export interface Migration {
  /** The user_version that the file has afterwards; counts up from 1 without gaps. */
  readonly version: number
  /** Runs inside a transaction, with foreign keys enforced. */
  up(database: Database.Database): void
}
