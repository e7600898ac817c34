import { randomUUID } from 'node:crypto'
import type { Experiment } from '@shared/design/experiment'
import type { EngineEvent, EngineEventName } from '@shared/protocol/channels'
import type { RunLabels } from '@shared/organise/run-edit'
import { LabError } from '@shared/protocol/errors'
import { moved, type QueueEntry, type QueueMove, type QueueState } from '@shared/protocol/queue'
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
import type { LiveEnsemble } from './live-ensemble'
import { recordEnd } from './record-end'
import { runExperiment } from './run-experiment'
import { RunQueue, type NewJob } from './run-queue'

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

/** A new run of an experiment. */
interface NewlyWanted {
  readonly experiment: Experiment
  readonly expected: Forecast
  /** Left out: the experiment's name, no group and no tags. */
  readonly labels?: Partial<Pick<RunLabels, 'name' | 'group' | 'tags'>>
}

/** A run that is to be computed: a stopped one of the session, or a new one. */
export type WantedRun = { readonly runId: string } | NewlyWanted

/** What runs compute with, and whom they tell. */
export interface RunSurroundings extends Pick<
  RunContext,
  'tf' | 'algebra' | 'kernels' | 'tables' | 'memoryBytes' | 'checkpointMs'
> {
  readonly emit: <E extends EngineEventName>(name: E, payload: EngineEvent<E>) => void
}

/** What the queue shows of a job. */
type QueuedJob = Pick<QueueEntry, 'kind' | 'name' | 'estimatedMs'>

/**
 * Queues runs, executes them one after another, and stops, pauses, moves and resumes them. The session
 * keeps the queue's runs and their order: what waits when it is closed is left there until somebody
 * says that it should go on.
 */
export class RunControl {
  private readonly queue = new RunQueue(() => {
    this.onQueueChange()
  })
  /** What is told of the jobs that are running or waiting, by id. */
  private readonly jobs = new Map<string, QueuedJob>()
  /** The session whose runs are queued; null while the queue must not be stored. */
  private keptIn: Session | null = null
  private live: LiveEnsemble | null = null
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
    const ids = session.atOnce('queue runs', () => {
      const added = wanted.map((run) =>
        'runId' in run ? this.requeued(session, run.runId) : addRun(session, run)
      )
      session.queue.write([...this.runsInOrder(), ...added, ...this.leftIn(session, added)])
      return added
    })
    this.surroundings.emit('runs.changed', { runId: ids.length === 1 ? (ids[0] ?? null) : null })
    this.keptIn = session
    const jobs = ids.map((id, i): NewJob => {
      const run = wanted[i]
      const { experiment, name } = session.readRecordedRun(id)
      const estimatedMs = run && 'expected' in run ? 1000 * run.expected.estimatedSeconds : null
      this.jobs.set(id, { kind: 'run', name, estimatedMs })
      const work = (signal: AbortSignal) => this.execute(session, id, experiment, signal)
      return { id, work, isKept: true }
    })
    this.queue.add(...jobs)
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
   * @param name what the queue calls it
   * @param work must settle after its signal aborts, and never reject
   */
  queueWork(id: string, name: string, work: (signal: AbortSignal) => Promise<void>): void {
    this.jobs.set(id, { kind: 'study', name, estimatedMs: null })
    this.queue.add({ id, work, isKept: false })
  }

  /** Whether a run or other work is running or waiting. */
  isQueued(id: string): boolean {
    return this.queue.has(id)
  }

  /** The ensemble of a run that is in training; null where none is, or before anything was recorded. */
  liveEnsemble(runId: string): LiveEnsemble | null {
    return this.live?.runId === runId ? this.live : null
  }

  /** What is computed and what waits, and what was left in the session. */
  queueState(session: Session): QueueState {
    const kept = session.queue.read()
    const queued = this.queue.order.map((id): QueueEntry => {
      const job = this.jobs.get(id) ?? { kind: 'run', name: id, estimatedMs: null }
      const name = kept.find((run) => run.id === id)?.name ?? job.name
      return { id, ...job, name, state: id === this.queue.running ? 'running' : 'waiting' }
    })
    const others = kept.filter(({ id }) => !this.queue.has(id))
    return {
      held: this.queue.held,
      entries: [
        ...queued,
        ...others.map(({ id, name, status }): QueueEntry => {
          const state = session.readOnly && status === 'running' ? 'running' : 'left'
          return { ...{ id, name, state }, kind: 'run', estimatedMs: null }
        })
      ]
    }
  }

  /** Lets the running job go on to its end but begins no other; or begins again. */
  hold(isHeld: boolean): void {
    this.queue.hold(isHeld)
  }

  /** @throws {LabError} 'not-found' for what neither waits nor was left */
  move(session: Session, id: string, to: QueueMove): void {
    if (this.queue.move(id, to)) return
    const left = this.leftIn(session)
    if (!left.includes(id)) {
      throw new LabError('not-found', `${id} does not wait in the queue: only what waits is moved`)
    }
    session.queue.write([...this.runsInOrder(), ...moved(left, (one) => one === id, to)])
    this.surroundings.emit('queue.changed', {})
  }

  /** Queues the runs that were left in the session, in their order; answers which. */
  takeUp(session: Session): string[] {
    return this.startAll(
      session,
      this.leftIn(session).map((runId) => ({ runId }))
    )
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
    const id = paused ?? addRun(session, { experiment, expected })
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

  /** @throws {LabError} 'not-found' for a run that is neither running nor waiting, nor was left */
  cancel(session: Session, runId: string): void {
    this.stop(session, runId, 'cancelling')
  }

  /** @throws {LabError} 'not-found' for a run that is neither running nor waiting, nor was left */
  pause(session: Session, runId: string): void {
    this.stop(session, runId, 'pausing')
  }

  /** @throws {LabError} 'not-found' for work that is neither running nor waiting */
  stopWork(id: string): void {
    if (this.queue.stop(id, new Stop('pausing'))) return
    throw new LabError('not-found', `${id} is neither running nor waiting`)
  }

  /**
   * Queues a paused or interrupted run again; it goes on from what the session has of it.
   *
   * @throws {LabError} 'invalid-request' for a run in another state
   */
  resume(session: Session, runId: string): void {
    this.startAll(session, [{ runId }])
  }

  /** Interrupts what is computed and waits until it has stopped; the session keeps the queue. */
  async stopAll(): Promise<void> {
    const { keptIn } = this
    this.keptIn = null
    await this.queue.stopAll(new Stop('closing'))
    this.jobs.clear()
    if (keptIn) this.surroundings.emit('queue.changed', {})
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

  private stop(session: Session, runId: string, why: 'pausing' | 'cancelling'): void {
    if (this.queue.stop(this.within.get(runId) ?? runId, new Stop(why))) return
    if (!this.leftIn(session).includes(runId)) {
      throw new LabError('not-found', `run ${runId} is neither running nor waiting`)
    }
    if (why === 'cancelling') session.discardCheckpoint(runId)
    session.updateRun(runId, { status: stops[why] })
    this.surroundings.emit('runs.changed', { runId })
    this.surroundings.emit('queue.changed', {})
  }

  /** The runs in the queue, as they are stored. */
  private runsInOrder(): string[] {
    return this.queue.order.filter((id) => this.jobs.get(id)?.kind === 'run')
  }

  /** The runs that the session keeps of an earlier queue. */
  private leftIn(session: Session, except: readonly string[] = []): string[] {
    const ids = session.queue.read().map(({ id }) => id)
    return ids.filter((id) => !this.queue.has(id) && !except.includes(id))
  }

  private onQueueChange(): void {
    const { keptIn } = this
    const order = this.queue.order
    for (const id of this.jobs.keys()) if (!order.includes(id)) this.jobs.delete(id)
    try {
      keptIn?.queue.write([...this.runsInOrder(), ...this.leftIn(keptIn)])
    } catch (error) {
      // Such as a full disk: the runs go on all the same, and only their order is lost.
      console.error(error)
    }
    this.surroundings.emit('queue.changed', {})
  }

  /** Makes a stopped run a queued one. @throws {LabError} 'invalid-request' for a run in another state */
  private requeued(session: Session, runId: string): string {
    const { status } = session.readRecordedRun(runId)
    const isLeft = status === 'queued' && !this.queue.has(runId)
    if (!isResumable(status) && !isLeft) {
      throw new LabError(
        'invalid-request',
        `run ${runId} is ${status}: only paused and interrupted runs can be resumed`
      )
    }
    session.updateRun(runId, { status: 'queued', problem: null })
    return runId
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
          onRecorded: (live) => {
            this.live = live
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
      this.live = null
      emit('runs.changed', { runId })
    }
  }
}

/** Adds a new run of an experiment to the session, queued; its forecast says its step size and warnings. */
function addRun(session: Session, { experiment, expected, labels }: NewlyWanted): string {
  const id = randomUUID()
  const { name = experiment.name, group = null, tags = [] } = labels ?? {}
  session.addRun({
    ...{ id, name, group, experiment },
    seed: experiment.seed,
    createdAt: new Date().toISOString(),
    stepSize: expected.stepSize,
    warnings: expected.warnings
  })
  if (tags.length > 0) session.organiser.editRuns([{ runId: id, tags }])
  return id
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
