import { randomUUID } from 'node:crypto'
import { resolveDataset } from '@shared/design/dataset'
import type { Experiment } from '@shared/design/experiment'
import {
  channels,
  type Channel,
  type EngineEvent,
  type EngineEventName,
  type RequestOf,
  type ResultOf
} from '@shared/protocol/channels'
import { importRequestSchema } from '@shared/protocol/datasets'
import { LabError, transportedError } from '@shared/protocol/errors'
import type { Forecast, RunStatus } from '@shared/protocol/results'
import { openSession, type Session } from '../session/session'
import { appVersion } from '../version'
import { datasetFromFile, listData, previewDataset } from './datasets'
import { describeEngine } from './describe'
import { NativeLinearAlgebra } from './float64/native-linear-algebra'
import { forecast } from './forecast'
import { runExperiment } from './jobs/run-experiment'
import { RunQueue } from './jobs/run-queue'
import { listPresets } from './presets'
import { SessionTables } from './session-tables'
import { inTurns } from './turns'
import { loadTensorFlow, tensorFlowBinding, type TensorFlowModule } from './tensorflow'
import { renderRunFigure } from './views/figure'
import { functionView } from './views/function-view'
import { lossView } from './views/loss-view'
import { readEnsembleResults, type EnsembleResults } from './views/run-arrays'

/** Why runs stop when their session is closed: nobody cancelled them. */
const CLOSING = new Error('the session is being closed')

/** Told of every event. */
export type EventListener = <E extends EngineEventName>(name: E, payload: EngineEvent<E>) => void

type Handlers = {
  [C in Channel]: (request: RequestOf<C>) => ResultOf<C> | Promise<ResultOf<C>>
}

/**
 * All that the lab computes and stores, behind the channels of the protocol: the same object serves
 * the window's process and the command line. It knows nothing of Electron.
 */
export class Engine {
  private readonly tf: TensorFlowModule
  private readonly algebra: NativeLinearAlgebra
  private readonly queue = new RunQueue()
  private readonly tables = new SessionTables(() => this.openedSession())
  private session: Session | null = null
  private flopsPerSecond: number | null = null
  private lastRead: { key: string; results: EnsembleResults } | null = null

  /**
   * @param emit gets every event
   * @throws {LabError} 'engine-unavailable' where TensorFlow cannot be loaded
   */
  constructor(private readonly emit: EventListener) {
    this.tf = loadTensorFlow()
    this.algebra = new NativeLinearAlgebra(tensorFlowBinding(this.tf))
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

  /** Settles when no run is running or waiting. */
  idle(): Promise<void> {
    return this.queue.idle()
  }

  /** Interrupts all runs and closes the session. */
  async close(): Promise<void> {
    await this.queue.stopAll(CLOSING)
    this.session?.close()
    this.session = null
  }

  private readonly handlers: Handlers = {
    'engine.describe': () => describeEngine(this.tf),
    'session.describe': () => this.openedSession().summary(),
    'session.open': async ({ path }) => {
      await this.queue.stopAll(CLOSING)
      this.lastRead = null
      // The same file is reopened: only one connection may hold it.
      if (this.session?.summary().path === path) return this.session.summary()
      const opened = openSession(path, {
        appVersion,
        onSlowWork: (message) => {
          console.warn(message)
        }
      })
      this.session?.close()
      this.session = opened
      const summary = opened.summary()
      this.emit('session.changed', summary)
      this.emit('runs.changed', { runId: null })
      return summary
    },
    'preset.list': () => listPresets(),
    'experiment.forecast': ({ experiment }) => this.forecast(experiment as Experiment),
    'dataset.list': () => listData(this.openedSession()),
    'dataset.preview': ({ path, options }) => previewDataset(path, options),
    'dataset.import': async (request) => {
      const dataset = await datasetFromFile(importRequestSchema.parse(request))
      return this.openedSession().addDataset(dataset)
    },
    'run.start': async ({ experiment }) => ({ runId: await this.start(experiment as Experiment) }),
    'run.cancel': ({ runId }) => {
      if (!this.queue.cancel(runId)) {
        throw new LabError('not-found', `run ${runId} is neither running nor waiting`)
      }
      return {}
    },
    'run.list': () => this.openedSession().listRuns(),
    'run.show': ({ runId }) => this.openedSession().showRun(runId),
    'run.function': ({ runId, ensembleIndex, step, maximumMembers }) =>
      functionView(this.results(runId, ensembleIndex), ensembleIndex, step, maximumMembers),
    'run.loss': ({ runId, ensembleIndex }) =>
      lossView(this.results(runId, ensembleIndex), ensembleIndex),
    'figure.render': (request) =>
      renderRunFigure(this.results(request.runId, request.ensembleIndex), request)
  }

  private openedSession(): Session {
    if (this.session) return this.session
    throw new LabError('session-unusable', 'no session is open: open or create one first')
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

  private async forecast(experiment: Experiment): Promise<Forecast> {
    const data = resolveDataset(experiment.data, this.tables)
    const computation = forecast(experiment, data, this.algebra, this.flopsPerSecond)
    return inTurns(computation, new AbortController().signal)
  }

  private async start(experiment: Experiment): Promise<string> {
    const { stepSize, warnings } = await this.forecast(experiment)
    const session = this.openedSession()
    const runId = randomUUID()
    session.addRun({
      id: runId,
      name: experiment.name,
      experiment,
      seed: experiment.seed,
      createdAt: new Date().toISOString(),
      stepSize,
      warnings
    })
    this.emit('runs.changed', { runId })
    this.queue.add(runId, (signal) => this.execute(session, runId, experiment, signal))
    return runId
  }

  /** Runs an experiment to its end, whatever the end is, and records which. */
  private async execute(
    session: Session,
    runId: string,
    experiment: Experiment,
    signal: AbortSignal
  ): Promise<void> {
    const start = performance.now()
    const finish = (status: RunStatus, problem: string | null): void => {
      const wallTimeMs = performance.now() - start
      session.updateRun(runId, {
        status,
        problem,
        wallTimeMs,
        finishedAt: new Date().toISOString()
      })
      // What a view read while the run was going on may have grown since.
      this.lastRead = null
      this.emit('runs.changed', { runId })
    }
    try {
      signal.throwIfAborted()
      session.updateRun(runId, {
        status: 'running',
        startedAt: new Date().toISOString(),
        environment: describeEngine(this.tf)
      })
      this.emit('runs.changed', { runId })
      const { flops, trainingMs } = await runExperiment(
        {
          tf: this.tf,
          algebra: this.algebra,
          session,
          tables: this.tables,
          signal,
          onProgress: (progress) => {
            this.emit('run.progress', progress)
          },
          onStored: () => {
            this.emit('runs.changed', { runId })
          }
        },
        runId,
        experiment
      )
      if (trainingMs > 0) this.flopsPerSecond = (1000 * flops) / trainingMs
      finish('completed', null)
    } catch (error) {
      if (signal.reason === CLOSING) finish('interrupted', null)
      else if (signal.aborted) finish('cancelled', null)
      else {
        const { code, message } = transportedError(error)
        if (code === 'internal') console.error(error)
        finish('failed', message)
      }
    }
  }
}
