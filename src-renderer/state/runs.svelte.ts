import { SvelteMap } from 'svelte/reactivity'
import type { EngineClient } from '@shared/protocol/engine-client'
import { isUnderWay, type RunDetail, type RunSummary } from '@shared/protocol/results'
import type { Connection } from './connection.svelte'
import { endingsBetween, type Ending } from './finished-runs'
import { LiveRuns, noLiveRuns } from './live-runs'
import { Watched } from './watched'

/** What the runs tell the rest of the window. */
export interface RunEvents {
  /** The runs that there are, whenever they were asked for. */
  listed(runIds: readonly string[]): void
  /** A run ended by itself. */
  ended(ending: Ending): void
}

/** The session's runs, kept up to date as the engine tells of them. */
export class Runs {
  /** Newest first. */
  list = $state.raw<readonly RunSummary[]>([])
  live = $state.raw(noLiveRuns)
  /** What is known in full, by run: runs that were on show. */
  readonly details = new SvelteMap<string, RunDetail>()
  private readonly watched = new Watched()
  private readonly liveRuns = new LiveRuns((runs) => {
    this.live = runs
  })

  constructor(
    private readonly connection: Connection,
    private readonly events: RunEvents
  ) {}

  /** Listens to an engine. */
  listen(client: EngineClient): void {
    client.on('run.progress', (progress) => {
      this.liveRuns.take(progress)
    })
    client.on('runs.changed', ({ runId }) => {
      void this.reload(runId)
    })
  }

  /** Nothing is in progress: the engine has ended. */
  stopped(): void {
    this.liveRuns.clear()
  }

  /** Starts over with the runs of another session. */
  async enterSession(): Promise<void> {
    this.details.clear()
    this.list = []
    await this.reload(null)
  }

  /** Keeps a run's detail up to date until the returned function is called. */
  watch(runId: string): () => void {
    void this.loadDetail(runId)
    return this.watched.add(runId)
  }

  /** Stops a run so that it can go on where it stopped. */
  async pause(runId: string): Promise<void> {
    await this.connection.attempt((client) => client.request('run.pause', { runId }))
  }

  /** Goes on with a paused or interrupted run. */
  async resume(runId: string): Promise<void> {
    await this.connection.attempt((client) => client.request('run.resume', { runId }))
  }

  /** Queues a new run of a run's experiment, with its name, group and tags; answers the new one. */
  async repeat(runId: string): Promise<string | null> {
    const again = await this.connection.attempt((client) => client.request('run.repeat', { runId }))
    return again?.runId ?? null
  }

  /** Stops a run; what it has finished is kept. */
  async cancel(runId: string): Promise<void> {
    await this.connection.attempt((client) => client.request('run.cancel', { runId }))
  }

  /** Asks for the runs anew, and for the detail of the one that changed, or of all on show. */
  async reload(changedId: string | null): Promise<void> {
    const shown = this.watched.ids.filter((id) => changedId === null || id === changedId)
    await Promise.all([this.loadList(), ...shown.map((id) => this.loadDetail(id))])
  }

  private async loadList(): Promise<void> {
    const runs = await this.connection.attempt((client) => client.request('run.list', {}))
    if (!runs) return
    const before = this.list
    this.list = runs.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
    for (const { id, status } of runs) {
      if (!isUnderWay(status)) this.liveRuns.forget(id)
    }
    this.events.listed(runs.map(({ id }) => id))
    for (const ending of endingsBetween(before, runs)) this.events.ended(ending)
  }

  private async loadDetail(runId: string): Promise<void> {
    if (!this.connection.client) return
    const detail = await this.connection.attempt((client) => client.request('run.show', { runId }))
    if (detail) this.details.set(runId, detail)
  }
}
