import type Database from 'better-sqlite3'
import { applicationId } from './file-header'
import type { Migration } from './migrations/migration'

/** The newest session format among migrations, 0 without any. */
export function newestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0
}

/** The format that an open session file has. */
export function formatVersion(database: Database.Database): number {
  return database.pragma('user_version', { simple: true }) as number
}

/**
 * Brings a session up to the newest format, one transaction a step.
 *
 * A step and its mark in user_version are written together, so that an interrupted step leaves the
 * file as it was before it. Foreign keys are enforced afterwards.
 */
export function migrate(database: Database.Database, migrations: readonly Migration[]): void {
  const before = formatVersion(database)
  // As SQLite advises for changes of tables (sqlite.org/lang_altertable.html, section 7).
  database.pragma('foreign_keys = OFF')
  try {
    for (const migration of migrations.filter(({ version }) => version > before)) {
      database
        .transaction(() => {
          migration.up(database)
          requireForeignKeys(database, migration)
          database.pragma(`application_id = ${applicationId}`)
          database.pragma(`user_version = ${migration.version}`)
        })
        .immediate()
    }
  } finally {
    database.pragma('foreign_keys = ON')
  }
}

function requireForeignKeys(database: Database.Database, { version }: Migration): void {
  const broken = database.pragma('foreign_key_check') as { table: string }[]
  if (broken.length === 0) return
  const tables = [...new Set(broken.map(({ table }) => table))].join(', ')
  throw new Error(`migration ${version} leaves rows without what they refer to in ${tables}`)
}
