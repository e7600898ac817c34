import { randomUUID } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import Database from 'better-sqlite3'
import { z } from 'zod'

/** How long to wait for another process that is just taking or giving up a lock. */
const BUSY_TIMEOUT_MS = 250
/** A lock that its holder gives up meanwhile is taken at the next attempt. */
const ATTEMPTS = 5

const ownerSchema = z.object({ pid: z.int(), host: z.string(), token: z.string() })
type Owner = z.infer<typeof ownerSchema>

/**
 * The right to write one session, for one process: the write lock of a small SQLite database beside the
 * session, which also says who has it. The system drops that lock when its process dies, whereas a
 * process number in a file may by then belong to someone else. The session's own file is not locked, so
 * that other processes can read it meanwhile.
 *
 * While it is held, nothing in this process may open the file in any other way: on POSIX, closing any
 * descriptor of a file gives up all of the process's locks on it.
 */
export class WriterLock {
  private constructor(
    private readonly database: Database.Database,
    private readonly path: string
  ) {}

  /** Takes the lock of a session; null where another process has it. */
  static take(session: string): WriterLock | null {
    const path = lockPath(session)
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const taken = take(path)
      if (taken === 'held') return null
      if (taken !== 'again') return new WriterLock(taken, path)
    }
    return null
  }

  /** Whether some process has the lock of a session; true also where that cannot be told. */
  static isHeld(session: string): boolean {
    if (!existsSync(lockPath(session))) return false
    try {
      const lock = WriterLock.take(session)
      lock?.release()
      return lock === null
    } catch {
      return true
    }
  }

  /** Gives the lock up, and leaves no file behind. */
  release(): void {
    // An open file has to stay on Windows; elsewhere it goes first, so that no other process waits for
    // the lock of a file that is about to go.
    if (process.platform === 'win32') {
      this.database.close()
      remove(this.path)
    } else {
      remove(this.path)
      this.database.close()
    }
  }
}

/** Who has a session open for writing, in words. */
export function describeOwner(session: string): string {
  const owner = readOwner(lockPath(session))
  if (!owner) return 'an unknown process'
  return owner.host === hostname()
    ? `process ${owner.pid}`
    : `process ${owner.pid} on ${owner.host}`
}

function lockPath(session: string): string {
  return `${session}.lock`
}

function take(path: string): Database.Database | 'held' | 'again' {
  const database = new Database(path, { timeout: BUSY_TIMEOUT_MS })
  try {
    // What is in it matters only while its process lives.
    database.pragma('journal_mode = MEMORY')
    database.pragma('synchronous = OFF')
    const owner: Owner = { pid: process.pid, host: hostname(), token: randomUUID() }
    database
      .transaction(() => {
        database.exec('CREATE TABLE IF NOT EXISTS owner (pid INTEGER, host TEXT, token TEXT)')
        database.exec('DELETE FROM owner')
        database.prepare('INSERT INTO owner VALUES (@pid, @host, @token)').run(owner)
      })
      .immediate()
    database.exec('BEGIN IMMEDIATE')
    // Its last holder may have removed the file after it was opened here.
    if (readOwner(path)?.token === owner.token) return database
    database.close()
    return 'again'
  } catch (error) {
    database.close()
    if (!(error instanceof Database.SqliteError)) throw error
    if (error.code.startsWith('SQLITE_BUSY')) return 'held'
    if (error.code !== 'SQLITE_NOTADB' && !error.code.startsWith('SQLITE_CORRUPT')) throw error
    // What no version of the lab can hold a lock on: the note of an earlier version, or half a file.
    remove(path)
    return 'again'
  }
}

function readOwner(path: string): Owner | null {
  try {
    const database = new Database(path, { readonly: true, fileMustExist: true })
    try {
      return ownerSchema.parse(database.prepare('SELECT * FROM owner').get())
    } finally {
      database.close()
    }
  } catch {
    // Without it a message is less telling, and a lock is tried again.
    return null
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // A file that stays is no lock: the next process takes it over.
  }
}
