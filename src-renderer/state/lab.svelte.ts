import type { Experiment } from '@shared/design/experiment'
import type { FigureRequest } from '@shared/figures/figure-request'
import { figureSize } from '@shared/figures/figure-style'
import type { Bridge } from '@shared/protocol/bridge'
import type { EngineClient } from '@shared/protocol/engine-client'
import type { SessionSummary } from '@shared/protocol/results'
import { Connection } from './connection.svelte'
import { Design } from './design.svelte'
import { Notices } from './notices.svelte'
import { Runs } from './runs.svelte'
import { OpenSession } from './session.svelte'
import { Theme } from './theme.svelte'
import { Workspace } from './workspace.svelte'

/** Resolution of exported PNG figures. */
const EXPORT_DOTS_PER_INCH = 300

/** Everything the window shows: one store an idea, and what concerns several of them. */
export class Lab {
  launching = $state(false)
  readonly notices = new Notices()
  readonly connection: Connection
  readonly session: OpenSession
  readonly runs: Runs
  readonly design: Design
  readonly workspace: Workspace
  readonly theme: Theme

  constructor(bridge: Bridge, page: Window) {
    this.connection = new Connection(bridge, page, this.notices, {
      connected: (client) => {
        this.onConnected(client)
      },
      lost: () => {
        this.runs.stopped()
      }
    })
    this.session = new OpenSession(this.connection, this.notices)
    this.workspace = new Workspace(page.localStorage)
    this.runs = new Runs(this.connection, (runIds) => {
      this.workspace.keepRuns(runIds)
    })
    this.design = new Design(this.connection)
    this.theme = new Theme(bridge, page)
  }

  /** The way to ask the engine; null while it cannot be asked. */
  get client(): EngineClient | null {
    return this.connection.client
  }

  /** Connects to the engine; the returned function disconnects. */
  start(): () => void {
    return this.connection.start()
  }

  /** Asks the engine, saying so in a notice where it fails. */
  attempt<T>(work: (client: EngineClient) => Promise<T>): Promise<T | null> {
    return this.connection.attempt(work)
  }

  /** Shows a run. */
  openRun(runId: string): void {
    this.workspace.open('run', runId)
  }

  /** Takes a run's experiment as the draft, and shows that. */
  editCopy(experiment: Experiment): void {
    this.design.take(experiment)
    this.workspace.open('design')
  }

  /** Starts the draft's experiment, or the one given, and shows its run. */
  async launch(experiment: Experiment | null = this.design.check.experiment): Promise<void> {
    if (experiment === null || this.launching) return
    this.launching = true
    const started = await this.attempt((client) => client.request('run.start', { experiment }))
    this.launching = false
    if (!started) return
    await this.runs.reload(started.runId)
    this.openRun(started.runId)
  }

  /** Saves a figure where the user wants it. */
  async saveFigure(
    figure: Pick<FigureRequest, 'runId' | 'ensembleIndex' | 'step' | 'figure' | 'format'>
  ): Promise<void> {
    const { width, height } = figureSize
    const request = {
      ...figure,
      theme: 'light',
      width,
      height,
      dotsPerInch: EXPORT_DOTS_PER_INCH
    } as const
    const path = await this.connection.ask((bridge) => bridge.invoke('figure:save', request))
    if (path !== null) this.notices.done(`Saved ${path}`)
  }

  private onConnected(client: EngineClient): void {
    this.runs.listen(client)
    client.on('session.changed', (summary) => {
      void this.onSession(summary)
    })
    void this.design.load()
    void this.attempt(async () => {
      await this.onSession(await client.request('session.describe', {}))
    })
  }

  private async onSession(summary: SessionSummary): Promise<void> {
    if (this.session.take(summary)) {
      this.workspace.enterSession(summary.path)
      await this.runs.enterSession()
    } else await this.runs.reload(null)
  }
}
