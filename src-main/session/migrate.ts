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
 * file as it was before it.
 */
export function migrate(database: Database.Database, migrations: readonly Migration[]): void {
  const before = formatVersion(database)
  for (const migration of migrations.filter(({ version }) => version > before)) {
    database
      .transaction(() => {
        migration.up(database)
        database.pragma(`application_id = ${applicationId}`)
        database.pragma(`user_version = ${migration.version}`)
      })
      .immediate()
  }
}
