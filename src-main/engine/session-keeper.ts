import { existsSync, realpathSync } from 'node:fs'
import type { RestoreReport, VerifyReport } from '@shared/protocol/session-care'
import { LabError } from '@shared/protocol/errors'
import { restoreBackup } from '../session/care/restore'
import { openReadOnly, openSession, type Session } from '../session/session'
import { appVersion } from '../version'
import { inTurns } from './turns'

/** How often a session that another process writes is looked at. */
const FOLLOW_MS = 1000

/**
 * The engine's open session: opens, follows, verifies, copies, backs up and closes it. A session is
 * backed up when it is closed, in turns; one that another takes the place of, in the background.
 */
export class SessionKeeper {
  private current: Session | null = null
  /** Ends verifying and copying when the session changes. */
  private care = new AbortController()
  private retiring: Promise<void> = Promise.resolve()
  private following: NodeJS.Timeout | null = null

  /** @param onChanged told of another open session, and of what another process stored in it */
  constructor(private readonly onChanged: (session: Session) => void) {}

  /** @throws {LabError} session-unusable where none is open */
  get opened(): Session {
    if (this.current) return this.current
    throw new LabError('session-unusable', 'no session is open: open or create one first')
  }

  /**
   * Opens a session in place of the open one, which stays where that cannot be.
   *
   * @throws {LabError} as openSession and openReadOnly
   */
  async open(path: string, readOnly: boolean): Promise<Session> {
    await this.retiring
    const previous = this.current
    const isSame = previous !== null && previous.path === realPath(path)
    if (isSame && previous.readOnly === readOnly) return previous
    if (isSame) {
      // A process may have a file open only once.
      this.forget()
      await retire(previous)
      try {
        return this.take(open(path, readOnly))
      } catch (error) {
        this.take(open(path, previous.readOnly))
        throw error
      }
    }
    const session = open(path, readOnly)
    this.forget()
    if (previous) this.retiring = retire(previous)
    return this.take(session)
  }

  /** Backs the session up and closes it. @param onTurn told that it goes on */
  async close(onTurn?: () => void): Promise<void> {
    await this.retiring
    const previous = this.current
    this.forget()
    if (previous) await retire(previous, onTurn)
  }

  /** Holds everything in the open session against what it must be. */
  verify(): Promise<VerifyReport> {
    return inTurns(this.opened.verify(), this.care.signal)
  }

  /** @throws {LabError} file-problem, also where the file exists */
  copyTo(path: string): Promise<void> {
    const { signal } = this.care
    return this.opened.copyTo(path, () => {
      signal.throwIfAborted()
    })
  }

  /**
   * Puts a session's backup in its place. It is not opened.
   *
   * @throws {LabError} as restoreBackup
   */
  async restore(path: string): Promise<RestoreReport> {
    await this.retiring
    if (this.current?.path === realPath(path)) {
      const { current } = this
      this.forget()
      // Not backed up: what is damaged must not take the backup's place.
      current.close()
    }
    return restoreBackup(path, appVersion, new Date())
  }

  private take(session: Session): Session {
    this.current = session
    this.care = new AbortController()
    if (session.readOnly) this.follow(session)
    this.onChanged(session)
    return session
  }

  private forget(): void {
    this.current = null
    this.care.abort(new LabError('session-unusable', 'the session was closed meanwhile'))
    if (this.following) clearInterval(this.following)
    this.following = null
  }

  private follow(session: Session): void {
    let version = session.version()
    this.following = setInterval(() => {
      const now = session.version()
      if (now === version) return
      version = now
      this.onChanged(session)
    }, FOLLOW_MS).unref()
  }
}

function open(path: string, readOnly: boolean): Session {
  return (readOnly ? openReadOnly : openSession)(path, {
    appVersion,
    onSlowWork: (message) => {
      console.warn(message)
    }
  })
}

/** A session that cannot be backed up is closed all the same: nothing in it is lost. */
async function retire(session: Session, onTurn?: () => void): Promise<void> {
  try {
    await session.backUp(onTurn)
  } catch (error) {
    console.warn('the session could not be backed up:', error)
  }
  session.close()
}

function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : path
}
