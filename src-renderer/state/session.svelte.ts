import type { SessionSummary } from '@shared/protocol/results'
import type { Connection } from './connection.svelte'
import type { Notices } from './notices.svelte'

/** The session file that is open. */
export class OpenSession {
  summary = $state.raw<SessionSummary | null>(null)

  constructor(
    private readonly connection: Connection,
    private readonly notices: Notices
  ) {}

  /**
   * Takes up what the engine says of the session.
   *
   * @returns whether it is another session than before
   */
  take(summary: SessionSummary): boolean {
    const isAnother = this.summary?.path !== summary.path
    this.summary = summary
    if (isAnother && summary.interruptedOnOpen > 0) {
      const runs =
        summary.interruptedOnOpen === 1 ? 'One run was' : `${summary.interruptedOnOpen} runs were`
      this.notices.done(
        `${runs} found interrupted in this session; what they had finished is kept.`
      )
    }
    return isAnother
  }

  /** Makes a new session, where the user says. */
  async makeNew(): Promise<void> {
    await this.connection.ask((bridge) => bridge.invoke('session:new', undefined))
  }

  /** Opens a session that the user points to. */
  async open(): Promise<void> {
    await this.connection.ask((bridge) => bridge.invoke('session:open', undefined))
  }
}
