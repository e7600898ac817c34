import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { LabError } from '@shared/protocol/errors'
import { backUpBeforeMigration } from './care/backup'
import { checkFileHeader, checkMarks, type FileMarks } from './file-header'
import { formatVersion, migrate, newestVersion } from './migrate'
import { migrations as allMigrations } from './migrations/index'
import type { Migration } from './migrations/migration'
import { requireSound } from './care/soundness'
import { withSqliteErrors } from './sqlite-errors'
import { describeOwner, WriterLock } from './writer-lock'

/** How long a statement waits for another process that is just opening or closing the file. */
const BUSY_TIMEOUT_MS = 1000

/**
 * The locks of the sessions open for writing in this process, by file. Besides answering a second
 * opening quickly, this keeps the header check away from a file that is open here: on POSIX, closing any
 * descriptor of a file gives up all of the process's locks on it. For the same reason nothing else in a
 * process that has a session open may open its file.
 */
const openHere = new Map<string, WriterLock>()

/**
 * Opens a session's file for writing, for this process alone, making it where it does not exist, and
 * brings it up to the newest format; an older file is backed up before. A foreign file or a newer
 * session is left as it was.
 *
 * @throws {LabError} session-unusable (foreign), session-in-use, session-damaged, session-newer,
 *   file-problem
 */
export function openDatabase(
  path: string,
  appVersion: string,
  migrations: readonly Migration[] = allMigrations
): Database.Database {
  const { file, exists } = requireWritable(path)
  requireNotOpenHere(file)
  const reader = { appVersion, newestVersion: newestVersion(migrations) }
  if (exists) checkFileHeader(file, reader)
  return withSqliteErrors(file, () => {
    const lock = WriterLock.take(file)
    if (!lock) throw openElsewhere(file)
    try {
      const database = new Database(file, { timeout: BUSY_TIMEOUT_MS })
      try {
        prepare(database, file, reader, migrations)
      } catch (error) {
        database.close()
        throw isBusy(error) ? openElsewhere(file) : error
      }
      openHere.set(file, lock)
      return database
    } catch (error) {
      lock.release()
      throw error
    }
  })
}

/** Closes a session's file that was opened for writing, leaving one file with everything in it. */
export function closeDatabase(database: Database.Database): void {
  if (!database.open) return
  const file = database.name
  try {
    database.pragma('optimize')
    database.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    database.close()
    openHere.get(file)?.release()
    openHere.delete(file)
  }
}

/**
 * Refuses a file that is open for writing in this process.
 *
 * @throws {LabError} session-in-use
 */
export function requireNotOpenHere(file: string): void {
  if (openHere.has(file)) throw openElsewhere(file)
}

/** What tells a session from other SQLite files, from an open one. */
export function marksOf(database: Database.Database): FileMarks {
  return {
    applicationId: database.pragma('application_id', { simple: true }) as number,
    userVersion: formatVersion(database),
    empty: database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined
  }
}

function prepare(
  database: Database.Database,
  file: string,
  reader: Parameters<typeof checkMarks>[1],
  migrations: readonly Migration[]
): void {
  const marks = marksOf(database)
  checkMarks(file, reader, marks)
  useWriteAheadLog(database, file)
  // A commit is on the disk when it returns: WAL's default would lose the last ones with the power.
  database.pragma('synchronous = FULL')
  requireSound(database, file)
  if (!marks.empty && marks.userVersion < reader.newestVersion) backUpBeforeMigration(database)
  migrate(database, migrations)
  // The header in the file itself tells other versions the format, so it must not lag behind.
  database.pragma('wal_checkpoint(TRUNCATE)')
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
}

function openElsewhere(file: string): LabError {
  const owner = openHere.has(file) ? `process ${process.pid}` : describeOwner(file)
  return new LabError(
    'session-in-use',
    `${basename(file)} is already open in another window or program (${owner}): close it there first, or open it for reading only.`
  )
}

function useWriteAheadLog(database: Database.Database, file: string): void {
  const mode = database.pragma('journal_mode = WAL', { simple: true })
  if (mode === 'wal') return
  throw new LabError(
    'file-problem',
    `${file} is on a disk that cannot hold a session (journal mode ${String(mode)}): choose another.`
  )
}

/**
 * The file's path without symbolic links, once it is known that it and its folder can be written.
 *
 * @throws {LabError} file-problem
 */
function requireWritable(path: string): { file: string; exists: boolean } {
  const folder = dirname(resolve(path))
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new LabError('file-problem', `There is no folder ${folder}: make it, or choose another.`)
  }
  requireAccess(folder, `The folder ${folder} cannot be written to: choose another.`)
  const status = statSync(path, { throwIfNoEntry: false })
  if (!status) return { file: join(realpathSync(folder), basename(path)), exists: false }
  if (!status.isFile()) throw new LabError('file-problem', `${path} is not a file.`)
  requireAccess(path, `${path} cannot be written to: change its permissions, or copy it elsewhere.`)
  return { file: realpathSync(path), exists: true }
}

function requireAccess(path: string, message: string): void {
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
  } catch (cause) {
    throw new LabError('file-problem', message, { cause })
  }
}
