import type { RunEdit } from '@shared/organise/run-edit'
import type { Connection } from './connection.svelte'
import { messageOf } from './format'
import type { Notices } from './notices.svelte'
import { Undo } from './undo.svelte'

/** Changes labels of runs and deletes runs, so that it can be taken back. */
export class RunEdits extends Undo {
  constructor(
    private readonly connection: Connection,
    private readonly notices: Notices
  ) {
    super((problem) => {
      notices.problem(messageOf(problem))
    })
  }

  /** Changes labels of runs, all or none. */
  async edit(label: string, edits: RunEdit[]): Promise<void> {
    const previous = await this.connection.attempt((client) =>
      client.request('run.edit', { edits })
    )
    if (!previous) return
    this.add({
      label,
      undo: () => this.request('run.edit', previous),
      redo: () => this.request('run.edit', { edits })
    })
  }

  /** Deletes runs; the message that says so offers to take it back. */
  async delete(label: string, runIds: string[]): Promise<void> {
    const done = await this.connection.attempt((client) => client.request('run.delete', { runIds }))
    if (!done) return
    this.add({
      label,
      undo: () => this.request('run.restore', { runIds }),
      redo: () => this.request('run.delete', { runIds })
    })
    const undo = { label: 'Undo', run: () => void this.undo() }
    this.notices.done(`${label}: can be undone until the session is closed.`, undo)
  }

  /** Another session has other runs. */
  enterSession(): void {
    this.clear()
  }

  private async request(
    channel: 'run.edit' | 'run.delete' | 'run.restore',
    payload: { edits: RunEdit[] } | { runIds: string[] }
  ): Promise<void> {
    await this.connection.client?.request(channel, payload)
  }
}
