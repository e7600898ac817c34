import type { RunDetail } from '@shared/protocol/results'
import { storedNumbers } from './stored-numbers'
import type { StudyTools } from './study-analysis'

/** What kernel theory says of one condition of a run, at the test points. */
export interface PredictedCondition {
  readonly steps: Int32Array
  /** At every step, a value per test point and output. */
  readonly means: readonly Float64Array[]
  /** At every step, a value per test point. */
  readonly deviations: readonly Float64Array[]
  /** At every step, E ½ Σ (f − y)² over the training points. */
  readonly expectedLosses: Float64Array
  /** NNGP regression; null where its kernel is singular. */
  readonly nngpMean: Float64Array | null
}

/** The networks of one width and condition of a run. */
export interface TrainedEnsemble {
  readonly index: number
  readonly width: number
  readonly conditionIndex: number
  readonly conditionLabel: string
  readonly members: number
  readonly trainingMs: number | null
  /** At every recorded step: members × test points × outputs. */
  readonly testOutputs: readonly Float32Array[]
  /** At every recorded step, ½ Σ (f − y)² of every network. */
  readonly losses: readonly Float64Array[]
}

/** What a run predicts of one condition. */
export function predictedCondition(
  tools: StudyTools,
  run: RunDetail,
  conditionIndex: number
): PredictedCondition {
  const stored = (name: string) => tools.array(run, 'prediction', conditionIndex, name)
  const steps = storedNumbers(stored('steps'), Int32Array)
  const perStep = (name: string): Float64Array[] =>
    pieces(storedNumbers(stored(name), Float64Array), steps.length)
  const singular = run.ensembles.every(({ agreement }) => (agreement?.rmseNngp ?? null) === null)
  return {
    steps,
    means: perStep('testMean'),
    deviations: perStep('testDeviation'),
    expectedLosses: storedNumbers(stored('expectedLoss'), Float64Array),
    nngpMean: singular ? null : storedNumbers(stored('nngpMean'), Float64Array)
  }
}

/** The ensembles of a run, condition by condition, in each from the first width to the last. */
export function trainedEnsembles(tools: StudyTools, run: RunDetail): TrainedEnsemble[] {
  const widths = run.experiment.widths.length
  return run.ensembles.map(({ index, width, conditionLabel, trainingMs }) => {
    const stored = (name: string) => tools.array(run, 'ensemble', index, name)
    const steps = storedNumbers(stored('steps'), Int32Array).length
    return {
      ...{ index, width, conditionLabel, trainingMs },
      conditionIndex: Math.floor(index / widths),
      members: run.experiment.ensembleSize,
      testOutputs: pieces(storedNumbers(stored('testOutputs'), Float32Array), steps),
      losses: pieces(storedNumbers(stored('losses'), Float64Array), steps)
    }
  })
}

/** An array cut into so many pieces of equal length. */
function pieces<A extends Float32Array | Float64Array>(values: A, count: number): A[] {
  const length = values.length / count
  return Array.from({ length: count }, (_, i) => values.subarray(i * length, (i + 1) * length) as A)
}
