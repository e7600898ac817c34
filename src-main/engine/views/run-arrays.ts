import type { Dataset } from '@shared/design/dataset'
import { resolveDataset } from '@shared/design/dataset'
import type { TableSource } from '@shared/design/datasets/table'
import { theoryObjection } from '@shared/design/experiment'
import { LabError } from '@shared/protocol/errors'
import type { RunDetail } from '@shared/protocol/results'
import type { Session } from '../../session/session'

/** Everything stored of one ensemble and its prediction, read once and kept for the next view. */
export interface EnsembleResults {
  readonly run: RunDetail
  readonly data: Dataset
  readonly width: number
  readonly conditionLabel: string
  readonly steps: Int32Array
  /** R×E×T×k. */
  readonly testOutputs: Float32Array
  /** R×E. */
  readonly losses: Float64Array
  /** null where kernel theory does not describe the training. */
  readonly prediction: {
    /** R×T×k, R×T and R. */
    readonly mean: Float64Array
    readonly deviation: Float64Array
    readonly expectedLoss: Float64Array
    /** T×k. */
    readonly nngpMean: Float64Array | null
  } | null
}

/**
 * Reads one ensemble's results from the session.
 *
 * @throws {LabError} 'not-found' where the run has no such ensemble yet; 'session-unusable' where
 *   stored arrays are damaged
 */
export function readEnsembleResults(
  session: Session,
  tables: TableSource,
  runId: string,
  ensembleIndex: number
): EnsembleResults {
  const run = session.showRun(runId)
  const ensemble = session.readEnsemble(runId, ensembleIndex)
  const { conditionIndex, width, label } = ensemble
  const read = <A>(kind: 'prediction' | 'ensemble', name: string, type: new () => A): A => {
    const index = kind === 'ensemble' ? ensembleIndex : conditionIndex
    const { data } = session.readArray(runId, kind, index, name)
    if (data instanceof type) return data
    throw new LabError('session-unusable', `array ${name} of run ${runId} has an unexpected type`)
  }
  const prediction = () => {
    const { diagnostics } = session.readPrediction(runId, conditionIndex)
    return {
      mean: read('prediction', 'testMean', Float64Array),
      deviation: read('prediction', 'testDeviation', Float64Array),
      expectedLoss: read('prediction', 'expectedLoss', Float64Array),
      nngpMean: diagnostics.nngpSingular ? null : read('prediction', 'nngpMean', Float64Array)
    }
  }
  return {
    run,
    data: resolveDataset(run.experiment.data, tables),
    width,
    conditionLabel: label,
    steps: read('ensemble', 'steps', Int32Array),
    testOutputs: read('ensemble', 'testOutputs', Float32Array),
    losses: read('ensemble', 'losses', Float64Array),
    prediction: theoryObjection(run.experiment) === null ? prediction() : null
  }
}
