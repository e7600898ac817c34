import { rmSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { EngineEventName } from '@shared/protocol/channels'
import { LabError } from '@shared/protocol/errors'
import type { Forecast } from '@shared/protocol/results'
import type { StudyDefinition } from '@shared/studies/study-definition'
import type { StudyReport } from '@shared/studies/study-report'
import { NativeLinearAlgebra } from '../../src-main/engine/float64/native-linear-algebra'
import { forecast } from '../../src-main/engine/forecast'
import { RunControl } from '../../src-main/engine/jobs/run-control'
import { KernelPool } from '../../src-main/engine/kernels/kernel-pool'
import { SessionTables } from '../../src-main/engine/session-tables'
import { findStudy, type Study } from '../../src-main/engine/studies/studies'
import { StudyControl } from '../../src-main/engine/studies/study-control'
import { loadTensorFlow, tensorFlowBinding } from '../../src-main/engine/tensorflow'
import { inTurns } from '../../src-main/engine/turns'
import { openSession, type Session } from '../../src-main/session/session'
import { resolveDataset } from '@shared/design/dataset'

/** Studies in a session of their own, as the engine has them. */
export interface StudyBench {
  readonly session: Session
  readonly runs: RunControl
  readonly control: StudyControl
  /** The names of all events so far. */
  readonly events: EngineEventName[]
  /** Runs a study to its end. */
  run(study: Study): Promise<StudyReport>
}

/** Sets studies up in a new session, which goes when the test is over. */
export function studyBench(): StudyBench {
  const folder = mkdtempSync(join(tmpdir(), 'tangent-studies-'))
  const session = openSession(join(folder, 'lab.tangent'), { appVersion: 'test' })
  const tf = loadTensorFlow()
  const algebra = new NativeLinearAlgebra(tensorFlowBinding(tf))
  const tables = new SessionTables(() => session)
  const events: EngineEventName[] = []
  const emit = (name: EngineEventName): void => {
    events.push(name)
  }
  const kernels = new KernelPool()
  const limits = { memoryBytes: null, checkpointMs: 1e9 }
  const surroundings = { tf, algebra, kernels, tables, emit, ...limits }
  const runs = new RunControl(surroundings)
  const control = new StudyControl({
    ...surroundings,
    runs,
    forecast: (experiment): Promise<Forecast> => {
      const data = resolveDataset(experiment.data, tables)
      const limits = { timeFactor: 1, memoryBytes: null }
      return inTurns(forecast(experiment, data, algebra, limits), new AbortController().signal)
    }
  })
  onTestFinished(async () => {
    await runs.stopAll()
    await kernels.close()
    session.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    ...{ session, runs, control, events },
    run: async (study) => {
      const id = control.start(session, study, 'quick')
      await runs.idle()
      const report = session.studies.show(id)
      if (report.problem !== null) throw new LabError('internal', report.problem)
      return report
    }
  }
}

/** A study of the lab with its quick parameters changed, smaller for a test. */
export function smallStudy(id: string, changes: StudyDefinition['sizes']['quick']): Study {
  const { definition, analysis } = findStudy(id)
  const quick = { ...definition.sizes.quick, ...changes }
  return { definition: { ...definition, sizes: { ...definition.sizes, quick } }, analysis }
}
