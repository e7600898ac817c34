import { closeSync, openSync, readSync } from 'node:fs'
import { LabError } from '@shared/protocol/errors'

/** Marks an SQLite file as a session of this application: "TgLb" in ASCII. */
export const applicationId = 0x54674c62

const HEADER_BYTES = 100
const MAGIC = Buffer.from('SQLite format 3\0', 'latin1')
/** Byte offsets of big-endian words in an SQLite header (sqlite.org/fileformat.html, section 1.3). */
const SCHEMA_COOKIE = 40
const USER_VERSION = 60
const APPLICATION_ID = 68

/** The version of this application, and the newest session format (user_version) it reads. */
export interface Reader {
  readonly appVersion: string
  readonly newestVersion: number
}

/**
 * Refuses a file that this application must not write to, from its first 100 bytes alone: SQLite
 * itself might already change the file, or leave a write-ahead log beside it. An empty file, or an
 * SQLite file in which nothing was ever made, passes as a new session.
 *
 * @throws {LabError} session-unusable for foreign files, session-newer for newer sessions
 */
export function checkFileHeader(path: string, reader: Reader): void {
  const header = firstBytes(path)
  if (header.length === 0) return
  if (header.length < HEADER_BYTES || !header.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw foreignFile(path)
  }
  checkMarks(path, reader, {
    applicationId: header.readUInt32BE(APPLICATION_ID),
    userVersion: header.readUInt32BE(USER_VERSION),
    empty: header.readUInt32BE(SCHEMA_COOKIE) === 0
  })
}

/** What tells a session from other SQLite files. */
export interface FileMarks {
  readonly applicationId: number
  readonly userVersion: number
  /** There are no tables. */
  readonly empty: boolean
}

/**
 * Refuses marks of a foreign file or a newer session.
 *
 * @throws {LabError} session-unusable, session-newer
 */
export function checkMarks(path: string, reader: Reader, marks: FileMarks): void {
  const isNew = marks.empty && marks.applicationId === 0 && marks.userVersion === 0
  if (marks.applicationId !== applicationId && !isNew) throw foreignFile(path)
  if (marks.userVersion > reader.newestVersion) {
    throw new LabError(
      'session-newer',
      `${path} was written by a newer Tangent Lab (its format is ${marks.userVersion}; version ` +
        `${reader.appVersion} reads up to ${reader.newestVersion}). It has not been changed: open it with the newer version.`
    )
  }
}

function foreignFile(path: string): LabError {
  return new LabError(
    'session-unusable',
    `${path} is not a Tangent Lab session. It has not been changed: choose another file.`
  )
}

function firstBytes(path: string): Buffer {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(HEADER_BYTES)
    return bytes.subarray(0, readSync(file, bytes, 0, HEADER_BYTES, 0))
  } finally {
    closeSync(file)
  }
}
