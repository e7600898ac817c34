import type { FunctionView } from '../protocol/results'
import { formatCount, formatNumber } from './numbers'
import { definePlot, type Plot, type SeriesInput } from './plot'

/** Half the width of a central 95 % interval of a normal distribution, in standard deviations. */
const NORMAL_95 = 1.96

/**
 * The functions an ensemble learned, against the analytic prediction, over the data's coordinate.
 *
 * @param options.ensembleDeviation draws the ensemble's own mean ± 1.96 standard deviations
 */
export function functionFigure(
  view: FunctionView,
  { ensembleDeviation = false }: { readonly ensembleDeviation?: boolean } = {}
): Plot {
  return definePlot({
    title: title(view),
    provenance: view.provenance,
    description:
      `Outputs of ${view.ensembleSize} networks of width ${view.width} at step ${view.step}, ` +
      (view.predictedMean ? `against the ${view.kernelName} prediction` : 'without a prediction'),
    panels: [
      {
        x: { label: view.coordinateLabel, unit: view.coordinateUnit, fit: 'tight' },
        y: { label: 'network output' },
        series: functionSeries(view, ensembleDeviation)
      }
    ]
  })
}

/** The series of one ensemble over the data's coordinate. */
export function functionSeries(view: FunctionView, ensembleDeviation: boolean): SeriesInput[] {
  const order = [...view.coordinate.keys()].sort(
    (i, j) => (view.coordinate[i] ?? NaN) - (view.coordinate[j] ?? NaN)
  )
  const sorted = (values: Float64Array): Float64Array =>
    Float64Array.from(order, (i) => values[i] ?? NaN)
  const x = sorted(view.coordinate)
  const interval = (mean: Float64Array, deviation: Float64Array, sign: 1 | -1): Float64Array =>
    sorted(mean.map((value, i) => value + sign * NORMAL_95 * (deviation[i] ?? NaN)))
  const { predictedMean, predictedDeviation, ensembleMean } = view
  const series: SeriesInput[] = []

  if (predictedMean && predictedDeviation) {
    series.push({
      kind: 'band',
      name: 'predicted ± 1.96 s.d.',
      legendRank: 2,
      colour: 'band',
      x,
      low: interval(predictedMean, predictedDeviation, -1),
      high: interval(predictedMean, predictedDeviation, 1)
    })
  }
  if (view.members.length > 0) {
    const shown = view.members.length < view.ensembleSize ? `${view.members.length} of ` : 'n = '
    const name = `members (${shown}${view.ensembleSize})`
    const ys = view.members.map(sorted)
    series.push({ kind: 'members', name, legendRank: 3, colour: 'members', x, ys })
  }
  if (view.testTargets) {
    const y = sorted(view.testTargets)
    series.push({
      ...{ kind: 'line', name: 'target', legendRank: 5, colour: 'target', x, y },
      width: 1.2
    })
  }
  if (ensembleDeviation) {
    for (const sign of [-1, 1] as const) {
      series.push({
        ...{ kind: 'line', name: 'ensemble ± 1.96 s.d.', legendRank: 3, colour: 'ensemble', x },
        y: interval(ensembleMean, view.ensembleDeviation, sign),
        width: 1.2,
        dash: 'dotted'
      })
    }
  }
  if (view.nngpMean) {
    const y = sorted(view.nngpMean)
    series.push({
      ...{ kind: 'line', name: 'NNGP regression', legendRank: 4, colour: 'nngp', x, y },
      width: 2,
      dash: 'dotted'
    })
  }
  series.push({
    ...{ kind: 'line', name: 'ensemble mean', legendRank: 0, colour: 'ensemble', x },
    y: sorted(ensembleMean),
    deviation: sorted(view.ensembleDeviation),
    width: 2.4
  })
  if (predictedMean && predictedDeviation) {
    series.push({
      ...{ kind: 'line', name: predictionName(view), legendRank: 1, colour: 'prediction', x },
      y: sorted(predictedMean),
      deviation: sorted(predictedDeviation),
      dash: 'dashed'
    })
  }
  series.push({
    ...{ kind: 'points', name: 'training points', legendRank: 6, colour: 'points' },
    x: view.trainCoordinate,
    y: view.trainTargets
  })
  return series
}

/** "SG-NTK prediction" from "analytic SG-NTK". */
export function predictionName({ kernelName }: FunctionView): string {
  return `${kernelName.replace(/^analytic /, '')} prediction`
}

function title(view: FunctionView): string {
  return [
    `width ${formatCount(view.width)}`,
    ...(view.conditionLabel === '' ? [] : [view.conditionLabel]),
    `step ${formatCount(view.step)}`,
    `training time t = ${formatNumber(view.trainingTime)}`
  ].join(', ')
}
