import type { Experiment } from '@shared/design/experiment'
import type { Preset } from '@shared/design/preset'
import type { FigureRequest } from '@shared/figures/figure-request'
import { figureSize } from '@shared/figures/figure-style'
import type { Bridge, EngineState } from '@shared/protocol/bridge'
import type { EngineClient } from '@shared/protocol/engine-client'
import { LabError } from '@shared/protocol/errors'
import {
  isUnderWay,
  type EngineReport,
  type RunDetail,
  type RunSummary,
  type SessionSummary
} from '@shared/protocol/results'
import { checkDraft, draftFromExperiment, nothingChecked, type Draft } from './draft'
import { EngineLink } from './engine-link'
import { messageOf } from './format'
import { LiveRuns, noLiveRuns } from './live-runs'
import { Notices } from './notices.svelte'

/** The preset that a new window starts from. */
const FIRST_PRESET = 'quick'
/** Resolution of exported PNG figures. */
const EXPORT_DOTS_PER_INCH = 300

export type Panel = 'design' | 'run'

/** Everything the window shows and every way to change it. */
export class Lab {
  engine = $state.raw<EngineState>({ state: 'starting' })
  client = $state.raw<EngineClient | null>(null)
  report = $state.raw<EngineReport | null>(null)
  session = $state.raw<SessionSummary | null>(null)
  presets = $state.raw<readonly Preset[]>([])
  /** Newest first. */
  runs = $state.raw<readonly RunSummary[]>([])
  live = $state.raw(noLiveRuns)
  selectedRunId = $state<string | null>(null)
  detail = $state.raw<RunDetail | null>(null)
  panel = $state<Panel>('design')
  presetId = $state('')
  /** null until there are presets to start from. */
  draft = $state.raw<Draft | null>(null)
  launching = $state(false)
  readonly notices = new Notices()
  /** The draft as an experiment, and what is wrong with it. */
  readonly check = $derived(this.draft ? checkDraft(this.draft) : nothingChecked)
  private readonly liveRuns = new LiveRuns((runs) => {
    this.live = runs
  })
  private readonly link: EngineLink

  constructor(
    private readonly bridge: Bridge,
    page: Window
  ) {
    this.link = new EngineLink(bridge, page, {
      state: (state) => {
        this.engine = state
      },
      connected: (client) => {
        this.onConnected(client)
      },
      lost: () => {
        this.client = null
        this.liveRuns.clear()
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

  /** Starts over from a preset. */
  choosePreset(id: string): void {
    const preset = this.presets.find((one) => one.id === id)
    if (!preset) return
    this.presetId = id
    this.draft = draftFromExperiment(preset.experiment)
  }

  /** Takes a run's experiment as the draft. */
  editCopy(experiment: Experiment): void {
    this.presetId = ''
    this.draft = draftFromExperiment(experiment)
    this.panel = 'design'
  }

  /** Changes the draft. */
  edit(change: Partial<Draft>): void {
    if (this.draft) this.draft = { ...this.draft, ...change }
  }

  /** Starts the draft's experiment, or the one given, and shows its run. */
  async launch(experiment: Experiment | null = this.check.experiment): Promise<void> {
    if (experiment === null || this.launching) return
    this.launching = true
    const started = await this.attempt((client) => client.request('run.start', { experiment }))
    this.launching = false
    if (!started) return
    await this.loadRuns()
    this.select(started.runId)
  }

  /** Shows a run. */
  select(runId: string): void {
    if (this.selectedRunId !== runId) this.detail = null
    this.selectedRunId = runId
    this.panel = 'run'
    void this.loadDetail()
  }

  /** Stops a run so that it can go on where it stopped. */
  async pause(runId: string): Promise<void> {
    await this.attempt((client) => client.request('run.pause', { runId }))
  }

  /** Goes on with a paused or interrupted run. */
  async resume(runId: string): Promise<void> {
    await this.attempt((client) => client.request('run.resume', { runId }))
  }

  /** Stops a run; what it has finished is kept. */
  async cancel(runId: string): Promise<void> {
    await this.attempt((client) => client.request('run.cancel', { runId }))
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
    await this.ask(async () => {
      const path = await this.bridge.invoke('figure:save', request)
      if (path !== null) this.notices.done(`Saved ${path}`)
    })
  }

  /** Makes a new session, where the user says. */
  newSession(): Promise<void> {
    return this.ask(() => this.bridge.invoke('session:new', undefined))
  }

  /** Opens a session that the user points to. */
  openSession(): Promise<void> {
    return this.ask(() => this.bridge.invoke('session:open', undefined))
  }

  /** Starts the engine again after it has ended too often. */
  restartEngine(): Promise<void> {
    return this.ask(() => this.bridge.invoke('engine:restart', undefined))
  }

  private async ask(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (problem) {
      this.notices.problem(messageOf(problem))
    }
  }

  private onConnected(client: EngineClient): void {
    this.client = client
    client.on('run.progress', (progress) => {
      this.liveRuns.take(progress)
    })
    client.on('runs.changed', ({ runId }) => {
      void this.onRunsChanged(runId)
    })
    client.on('session.changed', (session) => {
      void this.onSession(session)
    })
    void this.loadAll()
  }

  private async loadAll(): Promise<void> {
    await Promise.all([
      this.attempt(async (client) => {
        this.report = await client.request('engine.describe', {})
      }),
      this.attempt(async (client) => {
        this.presets = await client.request('preset.list', {})
        if (!this.draft) this.choosePreset(FIRST_PRESET)
        if (!this.draft && this.presets[0]) this.choosePreset(this.presets[0].id)
      }),
      this.attempt(async (client) => {
        await this.onSession(await client.request('session.describe', {}))
      })
    ])
  }

  private async onSession(session: SessionSummary): Promise<void> {
    if (this.session?.path !== session.path) {
      this.selectedRunId = null
      this.detail = null
      if (session.interruptedOnOpen > 0) {
        const runs =
          session.interruptedOnOpen === 1 ? 'One run was' : `${session.interruptedOnOpen} runs were`
        this.notices.done(
          `${runs} found interrupted in this session; what they had finished is kept.`
        )
      }
    }
    this.session = session
    await Promise.all([this.loadRuns(), this.loadDetail()])
  }

  private async onRunsChanged(runId: string | null): Promise<void> {
    await this.loadRuns()
    if (runId === null || runId === this.selectedRunId) await this.loadDetail()
  }

  private async loadRuns(): Promise<void> {
    const runs = await this.attempt((client) => client.request('run.list', {}))
    if (!runs) return
    this.runs = runs.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
    for (const { id, status } of runs) {
      if (!isUnderWay(status)) this.liveRuns.forget(id)
    }
  }

  private async loadDetail(): Promise<void> {
    const runId = this.selectedRunId
    if (runId === null) return
    const detail = await this.attempt((client) => client.request('run.show', { runId }))
    if (detail && this.selectedRunId === runId) this.detail = detail
  }
}
