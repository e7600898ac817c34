import type { Bridge, EngineState } from '@shared/protocol/bridge'
import type { EngineClient } from '@shared/protocol/engine-client'
import { LabError } from '@shared/protocol/errors'
import type { EngineReport } from '@shared/protocol/results'
import { EngineLink } from './engine-link'
import { messageOf } from './format'
import type { Notices } from './notices.svelte'

/** What the connection tells the rest of the window. */
export interface ConnectionEvents {
  /** The engine can be asked, for the first time or again. */
  connected(client: EngineClient): void
  lost(): void
}

/** The window's way to the engine and to the main process. */
export class Connection {
  engine = $state.raw<EngineState>({ state: 'starting' })
  /** null while the engine cannot be asked. */
  client = $state.raw<EngineClient | null>(null)
  report = $state.raw<EngineReport | null>(null)
  private readonly link: EngineLink

  constructor(
    readonly bridge: Bridge,
    page: Window,
    private readonly notices: Notices,
    events: ConnectionEvents
  ) {
    this.link = new EngineLink(bridge, page, {
      state: (state) => {
        this.engine = state
      },
      connected: (client) => {
        this.client = client
        void this.loadReport()
        events.connected(client)
      },
      lost: () => {
        this.client = null
        events.lost()
      },
      failed: (problem) => {
        this.notices.problem(messageOf(problem))
      }
    })
  }

  /** Connects to the engine; the returned function disconnects. */
  start(): () => void {
    return this.link.start()
  }

  /** Asks the engine, saying so in a notice where it fails. */
  async attempt<T>(work: (client: EngineClient) => Promise<T>): Promise<T | null> {
    try {
      if (!this.client) throw new LabError('engine-unavailable', 'The engine is not ready yet.')
      return await work(this.client)
    } catch (problem) {
      // Work that a restart cut off is repeated once the engine is back: the banner says enough.
      const cutOff = problem instanceof LabError && problem.code === 'engine-unavailable'
      if (!cutOff || this.engine.state === 'ready') this.notices.problem(messageOf(problem))
      return null
    }
  }

  /** Asks the main process, saying so in a notice where it fails. */
  async ask<T>(work: (bridge: Bridge) => Promise<T>): Promise<T | null> {
    try {
      return await work(this.bridge)
    } catch (problem) {
      this.notices.problem(messageOf(problem))
      return null
    }
  }

  /** Starts the engine again after it has ended too often. */
  async restart(): Promise<void> {
    await this.ask((bridge) => bridge.invoke('engine:restart', undefined))
  }

  private async loadReport(): Promise<void> {
    const report = await this.attempt((client) => client.request('engine.describe', {}))
    if (report) this.report = report
  }
}
