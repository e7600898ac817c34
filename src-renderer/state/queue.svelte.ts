import type { EngineClient } from '@shared/protocol/engine-client'
import type { QueueEntry, QueueMove, QueueState } from '@shared/protocol/queue'
import type { Connection } from './connection.svelte'

const empty: QueueState = { held: false, entries: [] }

/** What is computed and what waits for it, kept up to date as the engine tells of it. */
export class Queue {
  state = $state.raw<QueueState>(empty)
  /** What waits its turn. */
  readonly waiting = $derived(ofState(this.state, 'waiting'))
  /** What was left when the session was closed, until somebody says that it should go on. */
  readonly left = $derived(ofState(this.state, 'left'))
  private newest = 0

  constructor(private readonly connection: Connection) {}

  /** Listens to an engine. */
  listen(client: EngineClient): void {
    client.on('queue.changed', () => void this.reload())
  }

  /** Nothing is computed: the engine has ended. */
  stopped(): void {
    this.state = empty
  }

  /** Asks for the queue anew. */
  async reload(): Promise<void> {
    const mine = ++this.newest
    const state = await this.connection.attempt((client) => client.request('queue.show', {}))
    if (state && mine === this.newest) this.state = state
  }

  /** Lets what is computed go on to its end but begins nothing after it, or begins again. */
  async hold(held: boolean): Promise<void> {
    await this.connection.attempt((client) => client.request('queue.hold', { held }))
  }

  /** Moves what waits. */
  async move(id: string, to: QueueMove): Promise<void> {
    await this.connection.attempt((client) => client.request('queue.move', { id, to }))
  }

  /** Goes on with what was left. */
  async takeUp(): Promise<void> {
    await this.connection.attempt((client) => client.request('queue.take-up', {}))
  }
}

function ofState({ entries }: QueueState, state: QueueEntry['state']): QueueEntry[] {
  return entries.filter((entry) => entry.state === state)
}
