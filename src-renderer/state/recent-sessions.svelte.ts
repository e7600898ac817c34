import type { RecentSession } from '@shared/protocol/recent-sessions'
import type { Connection } from './connection.svelte'

/** The session files that were open lately, the last one first. */
export class RecentSessions {
  list = $state.raw<readonly RecentSession[]>([])

  constructor(private readonly connection: Connection) {}

  /** Asks anew which there are, and whether their files are still there. */
  async load(): Promise<void> {
    this.take(await this.connection.ask((bridge) => bridge.invoke('session:recent', undefined)))
  }

  /** Opens one in place of the open session. */
  async open(path: string): Promise<void> {
    await this.connection.ask((bridge) => bridge.invoke('session:open-recent', { path }))
    // Where its file has gone meanwhile, the list says so.
    await this.load()
  }

  /** Takes one off the list, or all; files stay where they are. */
  async forget(path: string | null): Promise<void> {
    this.take(
      await this.connection.ask((bridge) => bridge.invoke('session:forget-recent', { path }))
    )
  }

  private take(list: readonly RecentSession[] | null): void {
    if (list) this.list = list
  }
}
