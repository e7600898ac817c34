import { ensembleCovariance } from '@shared/comparison/ensemble-covariance'
import { ensembleStatistics } from '@shared/comparison/ensemble-statistics'
import type { Dataset, Matrix } from '@shared/design/dataset'
import { normalQuantile } from '@shared/figures/calibration-figure'
import type { StudyTable } from '@shared/studies/study-report'
import { ascending } from '../views/point-order'
import type { PredictedCondition, TrainedEnsemble } from './trained-ensembles'

/** The functions that ensembles of several widths have learned at the end of training. */
export interface LearnedFunctions {
  /** What the tables' ids begin with. */
  readonly id: string
  readonly kappa: string
  /** With one output and a coordinate. */
  readonly data: Dataset
  readonly predicted: PredictedCondition
  /** P×P, at the end. */
  readonly covariance: Matrix
  readonly ensembles: readonly TrainedEnsemble[]
}

/** The functions point by point, their covariance with one point, and how many lie in which band. */
export function functionTables(functions: LearnedFunctions): StudyTable[] {
  return [
    pointsTable(functions),
    functionTable(functions),
    covarianceTable(functions),
    coverageTable(functions)
  ]
}

function pointsTable({ id, kappa, data }: LearnedFunctions): StudyTable {
  return {
    id: `${id}-points`,
    title: `The training points, ${kappa}`,
    columns: [data.coordinate.label, 'target'],
    rows: ascending(data.coordinate.train).map((i) => [
      ...[data.coordinate.train[i] ?? NaN, data.trainTargets.values[i] ?? NaN]
    ])
  }
}

function functionTable({ id, kappa, data, predicted, ensembles }: LearnedFunctions): StudyTable {
  const [mean, deviation] = [predicted.means.at(-1), predicted.deviations.at(-1)]
  const order = ascending(data.coordinate.test)
  return {
    id: `${id}-functions`,
    title: `Functions at the end of training, ${kappa}; z = (mean − predicted)/(s.d./√networks)`,
    columns: [
      ...['width', data.coordinate.label, 'target', 'NNGP regression', 'predicted mean'],
      ...['predicted s.d.', 'mean', 's.d.', 'z']
    ],
    rows: ensembles.flatMap(({ width, members, testOutputs }) => {
      const own = ensembleStatistics(testOutputs.at(-1) ?? new Float32Array(), order.length)
      return order.map((i) => {
        const [found, expected] = [own.mean[i] ?? NaN, mean?.[i] ?? NaN]
        const spread = own.deviation[i] ?? NaN
        return [
          ...[width, data.coordinate.test[i] ?? NaN, data.testTargets?.values[i] ?? null],
          ...[predicted.nngpMean?.[i] ?? null, expected, deviation?.[i] ?? NaN, found, spread],
          spread === 0 ? null : (found - expected) / (spread / Math.sqrt(members))
        ]
      })
    })
  }
}

function covarianceTable({ id, kappa, data, covariance, ensembles }: LearnedFunctions): StudyTable {
  const order = ascending(data.coordinate.test)
  const points = order.length
  // Where training leaves the most open: at training points there is nothing to see.
  const variance = (i: number): number => covariance.values[i * points + i] ?? NaN
  const at = order.reduce((best, i) => (variance(i) > variance(best) ? i : best))
  return {
    id: `${id}-covariance`,
    title: `Covariance at the end of training with the output at ${(data.coordinate.test[at] ?? NaN).toFixed(2)} ${data.coordinate.unit}, ${kappa}`,
    columns: ['width', data.coordinate.label, 'predicted', 'networks', 'standard error'],
    rows: ensembles.flatMap(({ width, testOutputs }) => {
      const own = ensembleCovariance(testOutputs.at(-1) ?? new Float32Array(), points)
      return order.map((i) => {
        const entry = at * points + i
        return [
          ...[width, data.coordinate.test[i] ?? NaN, covariance.values[entry] ?? NaN],
          ...[own.covariance.values[entry] ?? NaN, own.standardError.values[entry] ?? NaN]
        ]
      })
    })
  }
}

/** Central intervals that are counted. */
const LEVELS = 20

function coverageTable({ id, kappa, predicted, ensembles }: LearnedFunctions): StudyTable {
  const [mean, deviation] = [predicted.means.at(-1), predicted.deviations.at(-1)]
  const levels = Array.from({ length: LEVELS }, (_, i) => (i + 0.5) / LEVELS)
  return {
    id: `${id}-coverage`,
    title: `Share of outputs inside central intervals of the prediction, ${kappa}`,
    columns: ['width', 'predicted share', 'share'],
    rows: ensembles.flatMap(({ width, testOutputs }) => {
      const last = testOutputs.at(-1) ?? new Float32Array()
      const points = mean?.length ?? 0
      const scores = Float64Array.from(last, (value, at) =>
        Math.abs((value - (mean?.[at % points] ?? NaN)) / (deviation?.[at % points] ?? NaN))
      ).sort()
      return levels.map((level) => {
        const reach = normalQuantile(0.5 + level / 2)
        const outside = scores.findIndex((score) => score > reach)
        return [width, level, (outside < 0 ? scores.length : outside) / scores.length]
      })
    })
  }
}
