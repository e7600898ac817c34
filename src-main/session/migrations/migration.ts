import type Database from 'better-sqlite3'

/** One step of the session format: from version − 1 to version. Never changed once released. */
export interface Migration {
  /** The user_version that the file has afterwards; counts up from 1 without gaps. */
  readonly version: number
  /**
   * Runs inside a transaction, at whose end foreign keys must hold; meanwhile they are not enforced, so
   * that a table can be made anew without its rows taking others with them.
   */
  up(database: Database.Database): void
}
