import { randomUUID } from 'node:crypto'
import type { Experiment } from '@shared/design/experiment'
import type { EngineEvent, EngineEventName } from '@shared/protocol/channels'
import type { RunLabels } from '@shared/organise/run-edit'
import { LabError } from '@shared/protocol/errors'
import {
  isResumable,
  resumableStatuses,
  type EngineReport,
  type Forecast,
  type RunDetail,
  type RunStatus
} from '@shared/protocol/results'
import type { Session } from '../../session/session'
import { describeEngine } from '../describe'
import type { RunContext } from './run-context'
import { recordEnd } from './record-end'
import { runExperiment } from './run-experiment'
import { RunQueue } from './run-queue'

/** Why a run stops early, and how it ends then. */
const stops = { closing: 'interrupted', pausing: 'paused', cancelling: 'cancelled' } as const

class Stop extends Error {
  constructor(readonly why: keyof typeof stops) {
    super(`the run is stopped: ${why}`)
  }
}

/** How work ends that this signal stopped; null where something else ended it. */
export function stoppedAs({ aborted, reason }: AbortSignal): RunStatus | null {
  return aborted && reason instanceof Stop ? stops[reason.why] : null
}

/** A run that is to be computed: a stopped one of the session, or a new one of an experiment. */
export type WantedRun =
  | { readonly runId: string }
  | {
      readonly experiment: Experiment
      readonly expected: Forecast
      /** Left out: the experiment's name, and no group. */
      readonly labels?: Pick<RunLabels, 'name' | 'group'>
    }

/** What runs compute with, and whom they tell. */
export interface RunSurroundings extends Pick<
  RunContext,
  'tf' | 'algebra' | 'kernels' | 'tables' | 'memoryBytes' | 'checkpointMs'
> {
  readonly emit: <E extends EngineEventName>(name: E, payload: EngineEvent<E>) => void
}

/** Queues runs, executes them one after another, and stops, pauses and resumes them. */
export class RunControl {
  private readonly queue = new RunQueue()
  /** The queued work inside which a run is trained, by the run's id. */
  private readonly within = new Map<string, string>()
  /** How much longer than expected training takes on this machine: as in the last completed run. */
  timeFactor = 1

  constructor(private readonly surroundings: RunSurroundings) {}

  /**
   * Queues runs in this order; all are in the session before the first begins.
   *
   * @returns their ids
   * @throws {LabError} 'invalid-request' for a run that cannot go on, with none queued
   */
  startAll(session: Session, wanted: readonly WantedRun[]): string[] {
    const ids = session.atOnce('queue runs', () =>
      wanted.map((run) =>
        'runId' in run
          ? requeued(session, run.runId)
          : addRun(session, run.experiment, run.expected, run.labels)
      )
    )
    this.surroundings.emit('runs.changed', { runId: ids.length === 1 ? (ids[0] ?? null) : null })
    for (const id of ids) {
      const { experiment } = session.readRecordedRun(id)
      this.queue.add(id, (signal) => this.execute(session, id, experiment, signal))
    }
    return ids
  }

  /** Queues a new run of an experiment. */
  start(session: Session, experiment: Experiment, expected: Forecast): string {
    return this.startAll(session, [{ experiment, expected }])[0] ?? ''
  }

  /**
   * Queues work that trains runs of its own by `runWithin`, such as a study.
   *
   * @param id stops it, as a run's id stops the run
   * @param work must settle after its signal aborts, and never reject
   */
  queueWork(id: string, work: (signal: AbortSignal) => Promise<void>): void {
    this.queue.add(id, work)
  }

  /** Whether a run or other work is running or waiting. */
  isQueued(id: string): boolean {
    return this.queue.has(id)
  }

  /**
   * Computes a run inside queued work: the paused or interrupted one of this experiment, or a new one.
   * Stopping the run stops the work.
   *
   * @param workId the work's id
   * @returns the completed run
   * @throws {LabError} why the run failed; the signal's reason when it aborts
   */
  async runWithin(
    workId: string,
    session: Session,
    experiment: Experiment,
    expected: Forecast,
    { signal, onProgress }: { signal: AbortSignal; onProgress: (fraction: number) => void }
  ): Promise<RunDetail> {
    const paused = session.findRun(experiment, resumableStatuses)
    const id = paused ?? addRun(session, experiment, expected)
    this.within.set(id, workId)
    try {
      await this.execute(session, id, experiment, signal, onProgress)
    } finally {
      this.within.delete(id)
    }
    const run = session.showRun(id)
    if (run.status === 'completed') return run
    signal.throwIfAborted()
    throw new LabError('invalid-request', `run ${run.name} failed: ${run.problem ?? ''}`)
  }

  /** @throws {LabError} 'not-found' for a run that is neither running nor waiting */
  cancel(runId: string): void {
    this.stop(runId, 'cancelling')
  }

  /** @throws {LabError} 'not-found' for a run that is neither running nor waiting */
  pause(runId: string): void {
    this.stop(runId, 'pausing')
  }

  /**
   * Queues a paused or interrupted run again; it goes on from what the session has of it.
   *
   * @throws {LabError} 'invalid-request' for a run in another state
   */
  resume(session: Session, runId: string): void {
    this.startAll(session, [{ runId }])
  }

  /** Interrupts all runs and waits until they have stopped. */
  stopAll(): Promise<void> {
    return this.queue.stopAll(new Stop('closing'))
  }

  /** Settles when no run is running or waiting. */
  idle(): Promise<void> {
    return this.queue.idle()
  }

  /** @throws {LabError} 'invalid-request' while a run is running or waiting */
  requireIdle(purpose: string): void {
    if (this.queue.isIdle) return
    throw new LabError(
      'invalid-request',
      `a run is under way: pause or finish it first, then ${purpose}`
    )
  }

  private stop(runId: string, why: keyof typeof stops): void {
    if (this.queue.stop(this.within.get(runId) ?? runId, new Stop(why))) return
    throw new LabError('not-found', `run ${runId} is neither running nor waiting`)
  }

  /** Runs an experiment to its end, whatever the end is, and records which. */
  private async execute(
    session: Session,
    runId: string,
    experiment: Experiment,
    signal: AbortSignal,
    onProgress: (fraction: number) => void = () => undefined
  ): Promise<void> {
    const { emit, tf } = this.surroundings
    const start = performance.now()
    const before = session.showRun(runId)
    const finish = (status: RunStatus, problem: string | null): void => {
      const wallTimeMs = (before.wallTimeMs ?? 0) + performance.now() - start
      const finishedAt = new Date().toISOString()
      if (status === 'cancelled') session.discardCheckpoint(runId)
      session.updateRun(runId, { status, problem, wallTimeMs, finishedAt })
    }
    try {
      signal.throwIfAborted()
      const environment = describeEngine(tf)
      session.updateRun(runId, {
        status: 'running',
        startedAt: new Date().toISOString(),
        environment,
        warnings: [...before.warnings, ...movedWarning(before.environment, environment)]
      })
      emit('runs.changed', { runId })
      const { expectedMs, trainingMs } = await runExperiment(
        {
          ...this.surroundings,
          session,
          signal,
          keepsState: () => !(signal.reason instanceof Stop && signal.reason.why === 'cancelling'),
          onProgress: (progress) => {
            emit('run.progress', progress)
            onProgress(progress.fraction)
          },
          onStored: () => {
            emit('runs.changed', { runId })
          }
        },
        runId,
        experiment
      )
      if (expectedMs > 0) this.timeFactor = trainingMs / expectedMs
      finish('completed', null)
    } catch (error) {
      recordEnd(error, error === signal.reason ? stoppedAs(signal) : null, finish)
    } finally {
      emit('runs.changed', { runId })
    }
  }
}

/** Adds a new run of an experiment to the session, queued; its forecast says its step size and warnings. */
function addRun(
  session: Session,
  experiment: Experiment,
  { stepSize, warnings }: Forecast,
  labels: Pick<RunLabels, 'name' | 'group'> = { name: experiment.name, group: null }
): string {
  const id = randomUUID()
  const createdAt = new Date().toISOString()
  const { seed } = experiment
  session.addRun({ id, ...labels, experiment, seed, createdAt, stepSize, warnings })
  return id
}

/** Makes a stopped run a queued one. @throws {LabError} 'invalid-request' for a run in another state */
function requeued(session: Session, runId: string): string {
  const { status } = session.readRecordedRun(runId)
  if (!isResumable(status)) {
    throw new LabError(
      'invalid-request',
      `run ${runId} is ${status}: only paused and interrupted runs can be resumed`
    )
  }
  session.updateRun(runId, { status: 'queued', problem: null })
  return runId
}

/** A resumed run ends bit for bit as an uninterrupted one only where the same device and build go on. */
function movedWarning(before: EngineReport | null, now: EngineReport): string[] {
  if (!before) return []
  const place = ({ device, tensorflowVersion }: EngineReport): string =>
    `${device}, TensorFlow ${tensorflowVersion}`
  if (place(before) === place(now)) return []
  return [
    `Resumed on ${place(now)} after a start on ${place(before)}: the last digits may differ from ` +
      'those of an uninterrupted run.'
  ]
}
