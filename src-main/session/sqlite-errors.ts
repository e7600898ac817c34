import Database from 'better-sqlite3'
import { LabError } from '@shared/protocol/errors'

/**
 * Runs work on a session's file, turning SQLite's failures that users can act on into LabErrors.
 *
 * @throws {LabError} session-unusable for a damaged file, file-problem for a full or failing disk
 */
export function withSqliteErrors<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw translated(path, error)
  }
}

function translated(path: string, error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error
  const { code, message } = error
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return damaged(path, message, error)
  }
  if (code === 'SQLITE_FULL') {
    return new LabError(
      'file-problem',
      `There is no space left to write ${path}: free some space and try again.`,
      { cause: error }
    )
  }
  if (
    code.startsWith('SQLITE_IOERR') ||
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_CANTOPEN')
  ) {
    return new LabError(
      'file-problem',
      `${path} cannot be read or written: ${message} (${code}).`,
      {
        cause: error
      }
    )
  }
  return error
}

/** The error for a session whose file is damaged. */
export function damaged(path: string, finding: string, cause?: unknown): LabError {
  return new LabError(
    'session-unusable',
    `${path} is damaged (${finding}). Open a copy from a backup; ` +
      `what is left in this file may be saved with: sqlite3 "${path}" .recover`,
    { cause }
  )
}
