import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { LabError } from '@shared/protocol/errors'
import { marksOf, requireNotOpenHere } from './database'
import { checkFileHeader, checkMarks } from './file-header'
import { migrate, newestVersion } from './migrate'
import { migrations } from './migrations/index'
import { privateCopy } from './care/private-copy'
import { requireSound } from './care/soundness'
import { withSqliteErrors } from './sqlite-errors'

/** How long a read waits for a process that is just opening or closing the file. */
const BUSY_TIMEOUT_MS = 1000

/** A session's file open for reading. */
export interface ReadOnlyDatabase {
  readonly database: Database.Database
  /** The session's own path: the database may be a copy. */
  readonly file: string
  close(): void
}

/**
 * Opens a session's file for reading only, also while another process writes it: what that process has
 * stored is seen as it comes. Its contents are never changed; an older format, and a file that cannot be
 * written to or is in such a folder, are read from a temporary copy.
 *
 * @param check holds the file's structure against what it must be
 * @throws {LabError} session-unusable (foreign), session-in-use (in this process), session-damaged,
 *   session-newer, file-problem
 */
export function openReadOnlyDatabase(
  path: string,
  appVersion: string,
  check: (database: Database.Database, file: string) => void = requireSound
): ReadOnlyDatabase {
  const file = requireReadable(path)
  requireNotOpenHere(file)
  const reader = { appVersion, newestVersion: newestVersion(migrations) }
  checkFileHeader(file, reader)
  return withSqliteErrors(file, () => {
    const opened = open(file)
    try {
      const marks = marksOf(opened.database)
      checkMarks(file, reader, marks)
      check(opened.database, file)
      if (marks.userVersion === reader.newestVersion) return opened
    } catch (error) {
      opened.close()
      throw error
    }
    opened.close()
    return openCopy(file)
  })
}

/** Where nothing can be kept beside the file, SQLite cannot read it in place. */
function open(file: string): ReadOnlyDatabase {
  return isWritable(file) && isWritable(dirname(file)) ? openShared(file) : openCopy(file)
}

/** SQLite keeps its place in the write-ahead log in files beside; the last to close takes them away. */
function openShared(file: string): ReadOnlyDatabase {
  const database = new Database(file, { fileMustExist: true, timeout: BUSY_TIMEOUT_MS })
  return reading(database, file, () => {
    database.close()
  })
}

function openCopy(file: string): ReadOnlyDatabase {
  const copy = privateCopy(file)
  try {
    const database = new Database(copy.path, { fileMustExist: true })
    migrate(database, migrations)
    return reading(database, file, () => {
      database.close()
      copy.remove()
    })
  } catch (error) {
    copy.remove()
    throw error
  }
}

function reading(
  database: Database.Database,
  file: string,
  close: ReadOnlyDatabase['close']
): ReadOnlyDatabase {
  database.pragma('query_only = ON')
  return { database, file, close }
}

/** @throws {LabError} file-problem, not-found */
function requireReadable(path: string): string {
  const status = statSync(path, { throwIfNoEntry: false })
  if (!status) throw new LabError('not-found', `There is no session file ${path}.`)
  if (!status.isFile()) throw new LabError('file-problem', `${path} is not a file.`)
  try {
    accessSync(path, constants.R_OK)
  } catch (cause) {
    throw new LabError('file-problem', `${path} cannot be read: change its permissions.`, { cause })
  }
  return realpathSync(path)
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}
