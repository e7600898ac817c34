import { randomUUID } from 'node:crypto'
import type { Experiment } from '@shared/design/experiment'
import type { Forecast, RunStatus } from '@shared/protocol/results'
import type { StudySize } from '@shared/studies/study-definition'
import { appVersion } from '../../version'
import { configHash } from '../../session/config-hash'
import type { Session } from '../../session/session'
import { describeEngine } from '../describe'
import type { EventListener } from '../handlers'
import { recordEnd } from '../jobs/record-end'
import { stoppedAs, type RunControl, type RunSurroundings } from '../jobs/run-control'
import { Turns } from '../turns'
import type { Study } from './studies'
import type { StudyPart, StudyTools } from './study-analysis'
import { StudyProgressMeter } from './study-progress'

/** What studies compute with, and whom they tell. */
export interface StudySurroundings extends Pick<RunSurroundings, 'tf' | 'algebra' | 'tables'> {
  readonly runs: RunControl
  readonly forecast: (experiment: Experiment) => Promise<Forecast>
  readonly emit: EventListener
}

/**
 * Queues studies among the runs and computes them part by part. What a part finds is stored at once,
 * and the networks that it trains are ordinary runs of the session.
 */
export class StudyControl {
  constructor(private readonly surroundings: StudySurroundings) {}

  /**
   * Queues a study. One of the same size and parameters that was stopped goes on; parts and runs that
   * the session has are not computed again.
   *
   * @returns its id in the session
   */
  start(session: Session, { definition, analysis }: Study, size: StudySize): string {
    const study = definition.id
    const parameters = definition.sizes[size]
    const parts = analysis.parts(parameters)
    // Another version may compute other things from the same parameters.
    const hash = configHash({ study, size, parameters, appVersion })
    const unfinished = session.studies.findUnfinished(hash)
    const id = unfinished ?? randomUUID()
    if (unfinished === null) {
      const createdAt = new Date().toISOString()
      session.studies.add({ id, study, size, parameters, configHash: hash, createdAt })
    } else if (this.surroundings.runs.isQueued(id)) {
      return id
    } else {
      session.studies.update(id, { status: 'queued', problem: null })
    }
    this.surroundings.emit('studies.changed', { studyId: id })
    this.surroundings.runs.queueWork(id, definition.title, (signal) =>
      this.execute(session, id, parts, signal)
    )
    return id
  }

  /**
   * Stops a study; it can be started again and goes on where it stopped.
   *
   * @throws {LabError} 'not-found' for one that is neither running nor waiting
   */
  cancel(id: string): void {
    this.surroundings.runs.stopWork(id)
  }

  /** Computes a study to its end, whatever the end is, and records which. */
  private async execute(
    session: Session,
    id: string,
    parts: readonly StudyPart[],
    signal: AbortSignal
  ): Promise<void> {
    const { emit, tf } = this.surroundings
    const start = performance.now()
    const before = session.studies.show(id).wallTimeMs ?? 0
    const finish = (status: RunStatus, problem: string | null): void => {
      const wallTimeMs = before + performance.now() - start
      const finishedAt = new Date().toISOString()
      session.studies.update(id, { status, problem, wallTimeMs, finishedAt })
    }
    try {
      signal.throwIfAborted()
      session.studies.update(id, { status: 'running', environment: describeEngine(tf) })
      emit('studies.changed', { studyId: id })
      await this.computeParts(session, id, parts, signal)
      finish('completed', null)
    } catch (error) {
      recordEnd(error, stoppedAs(signal), finish)
    } finally {
      emit('studies.changed', { studyId: id })
    }
  }

  private async computeParts(
    session: Session,
    id: string,
    parts: readonly StudyPart[],
    signal: AbortSignal
  ): Promise<void> {
    const { emit } = this.surroundings
    const finished = session.studies.finishedParts(id)
    const meter = new StudyProgressMeter(id, parts, finished, (progress) => {
      emit('study.progress', progress)
    })
    let done = 0
    for (const [number, part] of parts.entries()) {
      if (!finished.has(part.id)) {
        const report = (share: number): void => {
          meter.report(part, done, share)
        }
        report(0)
        const found = await part.compute(this.tools(session, id, signal, report))
        signal.throwIfAborted()
        const content = { findings: [], tables: [], runIds: [], ...found }
        session.studies.addPart(id, part.id, number, content)
        emit('studies.changed', { studyId: id })
      }
      done += part.weight
    }
  }

  private tools(
    session: Session,
    id: string,
    signal: AbortSignal,
    progress: (fraction: number) => void
  ): StudyTools {
    const { algebra, tables, runs, forecast } = this.surroundings
    const turns = new Turns(signal)
    return {
      ...{ algebra, tables, progress },
      compute: (computation) => turns.run(computation),
      trained: async (experiment) => {
        const completed = session.findRun(experiment, ['completed'])
        if (completed) return session.showRun(completed)
        const expected = await forecast(experiment)
        signal.throwIfAborted()
        return runs.runWithin(id, session, experiment, expected, { signal, onProgress: progress })
      },
      array: (run, owner, index, name) => session.readArray(run.id, owner, index, name)
    }
  }
}
