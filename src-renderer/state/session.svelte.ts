import type { SessionEdit } from '@shared/organise/session-info'
import type { SessionSummary } from '@shared/protocol/results'
import type { Connection } from './connection.svelte'
import { formatBytes } from './format'
import type { Notices } from './notices.svelte'

/** The session file that is open. */
export class OpenSession {
  summary = $state.raw<SessionSummary | null>(null)

  constructor(
    private readonly connection: Connection,
    private readonly notices: Notices
  ) {}

  /** What the session is called: by its title, or else by its file. */
  get heading(): string {
    if (!this.summary) return '–'
    return this.summary.title === '' ? this.summary.name : this.summary.title
  }

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

  /** Copies the session to where the user says, and goes on there. */
  async saveAs(): Promise<void> {
    await this.connection.ask((bridge) => bridge.invoke('session:save-as', undefined))
  }

  /** Copies the session beside itself. */
  async duplicate(): Promise<void> {
    const path = await this.connection.ask((bridge) =>
      bridge.invoke('session:duplicate', undefined)
    )
    if (path !== null) this.notices.done(`Copied to ${path}`)
  }

  /** Changes the session's title or note; the message that says so offers to take it back. */
  async edit(done: string, edit: SessionEdit): Promise<void> {
    const previous = await this.connection.attempt((client) => client.request('session.edit', edit))
    if (!previous) return
    this.notices.done(done, { label: 'Undo', run: () => void this.edit('Undone', previous) })
  }

  /** Gives the space of what was removed back to the disk. */
  async compact(): Promise<void> {
    const report = await this.connection.attempt((client) => client.request('session.compact', {}))
    if (!report) return
    const { bytesBefore, bytesAfter } = report
    this.notices.done(
      `The session file is compact: ${formatBytes(bytesAfter)}, ${formatBytes(Math.max(0, bytesBefore - bytesAfter))} less.`
    )
  }

  /** Holds everything in the session against what it must be. */
  async verify(): Promise<void> {
    const report = await this.connection.attempt((client) => client.request('session.verify', {}))
    if (!report) return
    const { isSound, findings, arrayBytes } = report
    if (isSound) {
      this.notices.done(
        `The session is sound: every row, and ${formatBytes(arrayBytes)} of arrays.`
      )
      return
    }
    const [first] = findings
    this.notices.problem(
      `The session is not sound; ${findings.length} findings, the first: ${first?.place ?? ''}: ${first?.problem ?? ''}. Save what is sound with: tangent repair`
    )
  }
}
