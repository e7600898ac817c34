import { SvelteMap } from 'svelte/reactivity'
import type { EngineClient } from '@shared/protocol/engine-client'
import { isUnderWay } from '@shared/protocol/results'
import type { StudyDefinition, StudySize } from '@shared/studies/study-definition'
import type { StudyProgress, StudyReport, StudySummary } from '@shared/studies/study-report'
import type { Connection } from './connection.svelte'

/** The studies that there are, and the session's results of them, as the engine tells of them. */
export class Studies {
  available = $state.raw<readonly StudyDefinition[]>([])
  /** The session's, newest first. */
  stored = $state.raw<readonly StudySummary[]>([])
  /** Where those under way stand, by their id in the session. */
  readonly progress = new SvelteMap<string, StudyProgress>()
  /** What the one on show has found so far. */
  report = $state.raw<StudyReport | null>(null)
  /** The one on show, by its id in the session; its report may still be on its way. */
  shownId = $state<string | null>(null)

  constructor(private readonly connection: Connection) {}

  /** Listens to an engine. */
  listen(client: EngineClient): void {
    client.on('study.progress', (progress) => {
      this.progress.set(progress.studyId, progress)
    })
    client.on('studies.changed', ({ studyId }) => {
      void this.reload(studyId)
    })
  }

  /** Nothing is in progress: the engine has ended. */
  stopped(): void {
    this.progress.clear()
  }

  /** Starts over with the studies of another session. */
  async enterSession(): Promise<void> {
    this.stored = []
    this.progress.clear()
    await this.show(null)
    await this.reload(null)
  }

  /** Asks for the studies anew, and for what the shown one has found if that is what changed. */
  async reload(changedId: string | null): Promise<void> {
    const list = await this.connection.attempt((client) => client.request('study.list', {}))
    if (!list) return
    this.available = list.available
    this.stored = list.stored.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
    for (const { id, status } of list.stored) {
      if (!isUnderWay(status)) this.progress.delete(id)
    }
    if (changedId === null || changedId === this.shownId) await this.show(this.shownId)
  }

  /** Shows what a study of the session has found so far; null shows none. */
  async show(studyId: string | null): Promise<void> {
    if (studyId !== this.shownId) this.report = null
    this.shownId = studyId
    if (studyId === null) return
    const report = await this.connection.attempt((client) =>
      client.request('study.show', { studyId })
    )
    if (report && this.shownId === studyId) this.report = report
  }

  /** Queues a study, or goes on with one of this size that was stopped, and shows it. */
  async start(study: string, size: StudySize): Promise<void> {
    const started = await this.connection.attempt((client) =>
      client.request('study.start', { study, size })
    )
    if (!started) return
    await this.reload(started.studyId)
    await this.show(started.studyId)
  }

  /** Stops a study; started again, it goes on where it stopped. */
  async pause(studyId: string): Promise<void> {
    await this.connection.attempt((client) => client.request('study.cancel', { studyId }))
  }

  /** How long this study took when it was last completed here, in ms; null where it never was. */
  lastTook(study: string, size: StudySize): number | null {
    const last = this.stored.find(
      (one) => one.study === study && one.size === size && one.status === 'completed'
    )
    return last?.wallTimeMs ?? null
  }
}
