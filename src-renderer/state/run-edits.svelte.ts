import type { RunEdit } from '@shared/organise/run-edit'
import type { Connection } from './connection.svelte'
import { messageOf } from './format'
import { History } from './history'
import type { Notices } from './notices.svelte'

/** Changes labels of runs and deletes runs, so that it can be taken back. */
export class RunEdits {
  undoLabel = $state<string | null>(null)
  redoLabel = $state<string | null>(null)
  private readonly history = new History(() => {
    this.undoLabel = this.history.undoLabel
    this.redoLabel = this.history.redoLabel
  })

  constructor(
    private readonly connection: Connection,
    private readonly notices: Notices
  ) {}

  /** Changes labels of runs, all or none. */
  async edit(label: string, edits: RunEdit[]): Promise<void> {
    const previous = await this.connection.attempt((client) =>
      client.request('run.edit', { edits })
    )
    if (!previous) return
    this.history.add({
      label,
      undo: () => this.request('run.edit', previous),
      redo: () => this.request('run.edit', { edits })
    })
  }

  /** Deletes runs; the message that says so offers to take it back. */
  async delete(label: string, runIds: string[]): Promise<void> {
    const done = await this.connection.attempt((client) => client.request('run.delete', { runIds }))
    if (!done) return
    this.history.add({
      label,
      undo: () => this.request('run.restore', { runIds }),
      redo: () => this.request('run.delete', { runIds })
    })
    const undo = { label: 'Undo', run: () => void this.undo() }
    this.notices.done(`${label}: can be undone until the session is closed.`, undo)
  }

  /** Takes the last change back. */
  undo(): Promise<void> {
    return this.orNotice(this.history.undo())
  }

  /** Does again what was taken back last. */
  redo(): Promise<void> {
    return this.orNotice(this.history.redo())
  }

  /** Another session has other runs. */
  enterSession(): void {
    this.history.clear()
  }

  private async request(
    channel: 'run.edit' | 'run.delete' | 'run.restore',
    payload: { edits: RunEdit[] } | { runIds: string[] }
  ): Promise<void> {
    await this.connection.client?.request(channel, payload)
  }

  private async orNotice(work: Promise<void>): Promise<void> {
    try {
      await work
    } catch (problem) {
      this.notices.problem(messageOf(problem))
    }
  }
}
