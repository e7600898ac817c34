import type { RunResult } from 'better-sqlite3'
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'

/** Queries on a session, inside a transaction or not. */
export type Orm = BaseSQLiteDatabase<'sync', RunResult>
