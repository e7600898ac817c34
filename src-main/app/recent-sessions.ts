import { stat } from 'node:fs/promises'
import { LabError } from '@shared/protocol/errors'
import type { RecentSession, RememberedSession } from '@shared/protocol/recent-sessions'

/** Older ones are forgotten. */
const KEPT = 12

/** Where the list is kept between starts. */
export interface RecentStore {
  read(): readonly RememberedSession[]
  write(sessions: RememberedSession[]): void
}

/** The sessions that were open lately, the last one first. */
export class RecentSessions {
  constructor(private readonly store: RecentStore) {}

  get paths(): string[] {
    return this.store.read().map(({ path }) => path)
  }

  /** What there is, and how large each file is now. */
  list(): Promise<RecentSession[]> {
    return Promise.all(
      this.store.read().map(async (session) => ({ ...session, bytes: await bytesOf(session.path) }))
    )
  }

  /** Puts a session that was opened at the beginning. */
  add(path: string, openedAt: Date): void {
    const others = this.store.read().filter((session) => session.path !== path)
    this.store.write([{ path, openedAt: openedAt.toISOString() }, ...others].slice(0, KEPT))
  }

  /** Takes a session off the list, or all; their files stay. */
  forget(path: string | null): void {
    const kept = path === null ? [] : this.store.read().filter((session) => session.path !== path)
    this.store.write(kept)
  }

  /**
   * Refuses to open what is not on the list, or not there any more: a new session would be made in its
   * place.
   *
   * @throws {LabError} 'invalid-request', 'not-found'
   */
  async requireThere(path: string): Promise<void> {
    if (!this.paths.includes(path)) {
      throw new LabError('invalid-request', `${path} is not among the recent sessions.`)
    }
    if ((await bytesOf(path)) !== null) return
    throw new LabError(
      'not-found',
      `There is no file ${path} any more: it was moved or deleted, or its disk is not connected.`
    )
  }
}

async function bytesOf(path: string): Promise<number | null> {
  try {
    const status = await stat(path)
    return status.isFile() ? status.size : null
  } catch {
    return null
  }
}
