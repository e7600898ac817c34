import type { DatasetSpec } from '@shared/design/dataset'
import type { Experiment } from '@shared/design/experiment'
import { noEdits, type FigureEdits } from '@shared/figures/figure-edits'
import { figureKinds } from '@shared/figures/figure-kinds'
import { figureSpecSchema } from '@shared/figures/figure-request'
import type { FigureSource } from '@shared/figures/figure-source'
import type { Bridge } from '@shared/protocol/bridge'
import type { RequestOf } from '@shared/protocol/channels'
import type { EngineClient } from '@shared/protocol/engine-client'
import type { SessionSummary } from '@shared/protocol/results'
import { Comparison } from './comparison.svelte'
import { Connection } from './connection.svelte'
import { Confirmations } from './confirmations.svelte'
import { DataSets } from './data-sets.svelte'
import { Design } from './design.svelte'
import { drawnAs } from './export-settings'
import { Exports } from './exports.svelte'
import { Figures } from './figures.svelte'
import type { Ending } from './finished-runs'
import { Notices } from './notices.svelte'
import { Queue } from './queue.svelte'
import { RecentSessions } from './recent-sessions.svelte'
import { RunEdits } from './run-edits.svelte'
import { Runs } from './runs.svelte'
import { OpenSession } from './session.svelte'
import { Studies } from './studies.svelte'
import { Theme } from './theme.svelte'
import { Workspace } from './workspace.svelte'
import { Zoom } from './zoom.svelte'

/** Everything the window shows: one store an idea, and what concerns several of them. */
export class Lab {
  launching = $state(false)
  readonly notices = new Notices()
  readonly connection: Connection
  readonly session: OpenSession
  readonly recentSessions: RecentSessions
  readonly runs: Runs
  readonly queue: Queue
  readonly runEdits: RunEdits
  readonly studies: Studies
  readonly data: DataSets
  readonly design: Design
  readonly exports: Exports
  readonly figures: Figures
  readonly comparison = new Comparison()
  readonly workspace: Workspace
  readonly theme: Theme
  readonly zoom: Zoom
  readonly confirmations = new Confirmations()

  constructor(bridge: Bridge, page: Window) {
    this.connection = new Connection(bridge, page, this.notices, {
      connected: (client) => {
        this.onConnected(client)
      },
      lost: () => {
        this.runs.stopped()
        this.queue.stopped()
        this.studies.stopped()
      }
    })
    this.session = new OpenSession(this.connection, this.notices)
    this.recentSessions = new RecentSessions(this.connection)
    this.workspace = new Workspace(page.localStorage)
    this.runs = new Runs(this.connection, {
      listed: (runIds) => {
        this.workspace.keepSubjects('run', runIds)
      },
      ended: (ending) => {
        this.sayEnding(ending)
      }
    })
    this.queue = new Queue(this.connection)
    this.runEdits = new RunEdits(this.connection, this.notices)
    this.studies = new Studies(this.connection)
    this.data = new DataSets(this.connection, this.notices)
    this.design = new Design(this.connection)
    this.exports = new Exports(this.connection, this.notices, page.localStorage)
    this.figures = new Figures(this.connection, this.notices, (ids) => {
      this.workspace.keepSubjects('figure', ids)
    })
    this.theme = new Theme(bridge, page)
    this.zoom = new Zoom(bridge, page.localStorage)
  }

  /** The way to ask the engine; null while it cannot be asked. */
  get client(): EngineClient | null {
    return this.connection.client
  }

  /** Whether the draft can be launched now. */
  get canLaunch(): boolean {
    return this.design.check.experiment !== null && this.client !== null && !this.launching
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

  /** Begins a figure of one's own, drawn as figures are exported, and shows it. */
  editFigure(source: FigureSource, edits: FigureEdits = noEdits): void {
    const { theme, width, height, fontSize, title, provenance } = drawnAs(this.exports.settings)
    const look = { theme, width, height, fontSize, title, provenance }
    const spec = figureSpecSchema.parse({ ...look, source, edits })
    this.workspace.open('figure', this.figures.begin(figureKinds[source.kind].title, spec).id)
  }

  /** Takes a preset as the draft, and shows that. */
  beginWith(presetId: string): void {
    this.design.choosePreset(presetId)
    this.workspace.open('design')
  }

  /** Takes data into the draft, and shows that. */
  designWith(data: DatasetSpec): void {
    this.design.takeData(data)
    this.workspace.open('design')
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

  /** Queues a new run of a run's experiment, with the same labels, and shows it. */
  async repeatRun(runId: string): Promise<void> {
    const again = await this.runs.repeat(runId)
    if (again === null) return
    await this.runs.reload(again)
    this.openRun(again)
  }

  /** Queues the runs of a sweep and shows the queue; answers whether that could be done. */
  async launchSweep(sweep: RequestOf<'sweep.start'>): Promise<boolean> {
    const started = await this.attempt((client) => client.request('sweep.start', sweep))
    if (!started) return false
    await this.runs.reload(null)
    if (started.presentIds.length > 0) {
      const count = started.presentIds.length
      this.notices.done(
        `${count === 1 ? 'One run is' : `${count} runs are`} in the session already.`
      )
    }
    this.workspace.open('queue')
    return true
  }

  /** Stops a run for good, once the user has said so. */
  async cancelRun(runId: string): Promise<void> {
    const isConfirmed = await this.confirmations.ask({
      title: 'Cancel this run?',
      text: 'It cannot go on afterwards. Ensembles that are finished are kept; a paused run could go on.',
      action: 'Cancel the run'
    })
    if (isConfirmed) await this.runs.cancel(runId)
  }

  /** Tells of a run that ended where the user does not see it end. */
  private sayEnding({ runId, name, text }: Ending): void {
    const open = (): void => {
      this.openRun(runId)
    }
    const { view, subject } = this.workspace.current
    if (view !== 'run' || subject !== runId) this.notices.done(text, { label: 'Show', run: open })
    const command = `run:${runId}`
    void this.connection.ask((bridge) =>
      bridge.invoke('desktop:notify', { title: name, body: text, command })
    )
  }

  /** Says that runs were left; nothing of them is computed unasked. */
  private offerQueue(): void {
    const { length } = this.queue.left
    if (length === 0 || this.session.summary?.readOnly) return
    const wait = length === 1 ? 'One run waits' : `${length} runs wait`
    const open = (): void => {
      this.workspace.open('queue')
    }
    this.notices.done(`${wait} in the queue of this session.`, { label: 'Show', run: open })
  }

  private onConnected(client: EngineClient): void {
    this.runs.listen(client)
    this.queue.listen(client)
    this.studies.listen(client)
    this.figures.listen(client)
    client.on('session.changed', (summary) => {
      void this.onSession(summary)
    })
    void this.design.load()
    void this.attempt(async () => {
      await this.onSession(await client.request('session.describe', {}))
    })
  }

  private async onSession(summary: SessionSummary): Promise<void> {
    void this.data.reload()
    if (this.session.take(summary)) {
      this.workspace.enterSession(summary.path)
      this.runEdits.enterSession()
      this.comparison.enterSession()
      await Promise.all([
        this.runs.enterSession(),
        this.studies.enterSession(),
        this.queue.reload(),
        this.figures.enterSession()
      ])
      this.offerQueue()
    } else {
      await Promise.all([
        this.runs.reload(null),
        this.studies.reload(null),
        this.queue.reload(),
        this.figures.reload()
      ])
    }
  }
}
