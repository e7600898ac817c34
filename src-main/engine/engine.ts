import { resolveDataset } from '@shared/design/dataset'
import type { Experiment } from '@shared/design/experiment'
import { channels, type Channel, type RequestOf, type ResultOf } from '@shared/protocol/channels'
import { resumableStatuses, type Forecast } from '@shared/protocol/results'
import type { Session } from '../session/session'
import { dataHandlers, type DataChannel } from './data-handlers'
import { describeEngine } from './describe'
import { NativeLinearAlgebra } from './float64/native-linear-algebra'
import { figureHandlers, type FigureChannel } from './figure-handlers'
import { forecast } from './forecast'
import type { EventListener, Handlers } from './handlers'
import { RunControl } from './jobs/run-control'
import { KernelPool } from './kernels/kernel-pool'
import { exportHandlers, type ExportChannel } from './export-handlers'
import { organiseHandlers, type OrganiseChannel } from './organise-handlers'
import { previewHandlers, type PreviewChannel } from './preview-handlers'
import { listPresets } from './presets'
import { sessionHandlers, type SessionChannel } from './session-handlers'
import { SessionKeeper } from './session-keeper'
import { SessionTables } from './session-tables'
import { StudyControl } from './studies/study-control'
import { studyHandlers, type StudyChannel } from './studies/study-handlers'
import { queueHandlers, type QueueChannel } from './queue-handlers'
import { sweepHandlers, type SweepChannel } from './sweep-handlers'
import { inTurns } from './turns'
import { loadTensorFlow, tensorFlowBinding, type TensorFlowModule } from './tensorflow'
import type { FigureContext } from './views/figure-data'
import { functionView } from './views/function-view'
import { liveView } from './views/live-view'
import { lossView } from './views/loss-view'
import { readEnsembleResults, type EnsembleResults } from './views/run-arrays'

/** The state of training is stored so often unless told otherwise. */
const CHECKPOINT_MS = 30_000

/** How an engine works; everything has a default. */
export interface EngineOptions {
  /** What networks in training may take at most, in bytes. */
  readonly memoryBytes?: number
  /** How often the state of training is stored. */
  readonly checkpointMs?: number
}

/**
 * All that the lab computes and stores, behind the channels of the protocol: the same object serves
 * the window's process and the command line. It knows nothing of Electron.
 */
export class Engine {
  private readonly emit: EventListener
  private readonly handlers: Handlers
  private readonly tf: TensorFlowModule
  private readonly algebra: NativeLinearAlgebra
  private readonly kernels = new KernelPool()
  private readonly runs: RunControl
  private readonly tables = new SessionTables(() => this.openedSession())
  private readonly keeper = new SessionKeeper((session) => {
    this.announce(session)
  })
  private lastRead: { key: string; results: EnsembleResults } | null = null

  /**
   * @param emit gets every event
   * @throws {LabError} 'engine-unavailable' where TensorFlow cannot be loaded
   */
  constructor(
    emit: EventListener,
    private readonly options: EngineOptions = {}
  ) {
    this.emit = (name, payload) => {
      // What a view has read may have grown since.
      if (name === 'runs.changed') this.lastRead = null
      emit(name, payload)
    }
    this.tf = loadTensorFlow()
    this.algebra = new NativeLinearAlgebra(tensorFlowBinding(this.tf))
    this.runs = new RunControl({
      tf: this.tf,
      algebra: this.algebra,
      kernels: this.kernels,
      tables: this.tables,
      memoryBytes: options.memoryBytes ?? null,
      checkpointMs: options.checkpointMs ?? CHECKPOINT_MS,
      emit: this.emit
    })
    const studies = new StudyControl({
      ...{ tf: this.tf, algebra: this.algebra, tables: this.tables, runs: this.runs },
      ...{ emit: this.emit, forecast: (experiment) => this.forecast(experiment) }
    })
    this.handlers = {
      ...this.ownHandlers,
      ...organiseHandlers(() => this.openedSession(), this.emit),
      ...figureHandlers(() => this.figureContext()),
      ...previewHandlers(this.algebra, this.tables),
      ...dataHandlers(() => this.openedSession(), this.tables, this.algebra),
      ...studyHandlers(() => this.openedSession(), studies),
      ...sessionHandlers(this.keeper, this.runs, this.emit),
      ...queueHandlers(() => this.openedSession(), this.runs),
      ...sweepHandlers(
        () => this.openedSession(),
        this.runs,
        (experiment) => this.forecast(experiment)
      ),
      ...exportHandlers(() => this.openedSession(), this.tables, this.emit)
    }
  }

  /**
   * Answers a request.
   *
   * @throws {LabError} what users can act on; {z.ZodError} for a request that is not of its schema
   */
  async handle<C extends Channel>(channel: C, request: RequestOf<C>): Promise<ResultOf<C>> {
    const valid = channels[channel].request.parse(request) as RequestOf<C>
    return this.handlers[channel](valid)
  }

  /** Interrupts what is computed; the session keeps what waits. */
  stop(): Promise<void> {
    return this.runs.stopAll()
  }

  /** Settles when no run is running or waiting. */
  idle(): Promise<void> {
    return this.runs.idle()
  }

  /**
   * Interrupts all runs, backs the session up and closes it.
   *
   * @param onTurn told that a large session's backup goes on
   */
  async close(onTurn?: () => void): Promise<void> {
    await this.runs.stopAll()
    await this.kernels.close()
    await this.keeper.close(onTurn)
  }

  private readonly ownHandlers: Omit<
    Handlers,
    | OrganiseChannel
    | FigureChannel
    | PreviewChannel
    | DataChannel
    | StudyChannel
    | SessionChannel
    | QueueChannel
    | SweepChannel
    | ExportChannel
  > = {
    'engine.describe': () => describeEngine(this.tf),
    'preset.list': () => listPresets(),
    'experiment.forecast': ({ experiment }) => this.forecast(experiment as Experiment),
    'run.start': async ({ experiment }) => {
      const parsed = experiment as Experiment
      const expected = await this.forecast(parsed)
      return { runId: this.runs.start(this.openedSession(), parsed, expected) }
    },
    'run.repeat': async ({ runId }) => {
      const { experiment, name, group, tags } = this.openedSession().readRecordedRun(runId)
      const expected = await this.forecast(experiment)
      const again = { experiment, expected, labels: { name, group, tags } }
      return { runId: this.runs.startAll(this.openedSession(), [again])[0] ?? '' }
    },
    'run.cancel': ({ runId }) => {
      this.runs.cancel(this.openedSession(), runId)
      return {}
    },
    'run.pause': ({ runId }) => {
      this.runs.pause(this.openedSession(), runId)
      return {}
    },
    'run.resume': ({ runId }) => {
      this.runs.resume(this.openedSession(), runId)
      return {}
    },
    'run.find-resumable': ({ experiment }) => ({
      runId: this.openedSession().findRun(experiment as Experiment, resumableStatuses)
    }),
    'run.list': () => this.openedSession().listRuns(),
    'run.show': ({ runId }) => this.openedSession().showRun(runId),
    'run.live': ({ runId }) => {
      const live = this.runs.liveEnsemble(runId)
      return live && liveView(this.openedSession().showRun(runId), live)
    },
    'run.function': ({ runId, ensembleIndex, step, maximumMembers }) =>
      functionView(this.results(runId, ensembleIndex), ensembleIndex, step, maximumMembers),
    'run.loss': ({ runId, ensembleIndex }) =>
      lossView(this.results(runId, ensembleIndex), ensembleIndex)
  }

  private openedSession(): Session {
    return this.keeper.opened
  }

  /** Tells that another session is open, or that another process has changed it. */
  private announce(session: Session): void {
    this.lastRead = null
    this.emit('session.changed', session.summary())
    this.emit('runs.changed', { runId: null })
    this.emit('queue.changed', {})
    this.emit('studies.changed', { studyId: null })
  }

  private results(runId: string, ensembleIndex: number): EnsembleResults {
    const key = `${runId}/${ensembleIndex}`
    if (this.lastRead?.key !== key) {
      this.lastRead = {
        key,
        results: readEnsembleResults(this.openedSession(), this.tables, runId, ensembleIndex)
      }
    }
    return this.lastRead.results
  }

  private figureContext(): FigureContext {
    return {
      session: this.openedSession(),
      tables: this.tables,
      algebra: () => this.algebra,
      results: (runId, ensembleIndex) => this.results(runId, ensembleIndex)
    }
  }

  private async forecast(experiment: Experiment): Promise<Forecast> {
    const data = resolveDataset(experiment.data, this.tables)
    const computation = forecast(experiment, data, this.algebra, {
      timeFactor: this.runs.timeFactor,
      memoryBytes: this.options.memoryBytes ?? null
    })
    return inTurns(computation, new AbortController().signal)
  }
}
