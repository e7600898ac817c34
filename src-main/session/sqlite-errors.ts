import Database from 'better-sqlite3'
import { LabError } from '@shared/protocol/errors'

/**
 * Runs work on a session's file, turning SQLite's failures that users can act on into LabErrors.
 *
 * @throws {LabError} session-damaged for a damaged file, file-problem for a full or failing disk
 */
export function withSqliteErrors<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw labErrorOf(path, error)
  }
}

/** What users can act on as a LabError; anything else as it is. */
export function labErrorOf(path: string, error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error
  const { code, message } = error
  if (isDamage(error)) return damaged(path, message, error)
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

/** SQLite found contents that it cannot have written. */
export function isDamage(error: unknown): boolean {
  return (
    error instanceof Database.SqliteError &&
    (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB')
  )
}

/** The error for a session whose file is damaged. */
export function damaged(path: string, finding: string, cause?: unknown): LabError {
  return new LabError(
    'session-damaged',
    `${path} is damaged (${finding}). It has not been changed: restore its backup, ` +
      `or save what is left of it with: tangent repair "${path}" --into NEW.tangent`,
    { cause }
  )
}
