import type { Dataset } from '@shared/design/dataset'
import type { TableSource } from '@shared/design/datasets/table'
import type { RunDetail } from '@shared/protocol/results'
import type { Session } from '../../session/session'
import { RunReader } from './run-reader'

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
  const reader = new RunReader(session, tables, runId)
  const { run, data, predicted } = reader
  const { conditionIndex, width, label } = session.readEnsemble(runId, ensembleIndex)
  const ofEnsemble = <A extends Float64Array | Float32Array | Int32Array>(
    name: string,
    type: new () => A
  ): A => reader.read('ensemble', ensembleIndex, name, type)
  const ofPrediction = (name: string): Float64Array =>
    reader.read('prediction', conditionIndex, name, Float64Array)
  const prediction = () => {
    const { diagnostics } = session.readPrediction(runId, conditionIndex)
    return {
      mean: ofPrediction('testMean'),
      deviation: ofPrediction('testDeviation'),
      expectedLoss: ofPrediction('expectedLoss'),
      nngpMean: diagnostics.nngpSingular ? null : ofPrediction('nngpMean')
    }
  }
  return {
    ...{ run, data, width },
    conditionLabel: label,
    steps: ofEnsemble('steps', Int32Array),
    testOutputs: ofEnsemble('testOutputs', Float32Array),
    losses: ofEnsemble('losses', Float64Array),
    prediction: predicted ? prediction() : null
  }
}
