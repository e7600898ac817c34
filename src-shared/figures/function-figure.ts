import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts/charts'
import type { EChartsCoreOption } from 'echarts/core'
import type { FunctionView } from '../protocol/results'
import { coordinateTicks, finiteRange, roundTicks } from './axes'
import { figureScale, type FigureStyle } from './figure-style'
import { figureFrame } from './layout'
import { legendEntry, type LegendEntry } from './legend'
import { formatCount, formatNumber } from './numbers'
import { palettes } from './palette'
import { bandSeries, curvesSeries, lineSeries, type Point } from './series'
import { valueTooltip } from './tooltip'

/** Half the width of a central 95 % interval of a normal distribution, in standard deviations. */
const NORMAL_95 = 1.96
/** Share of member outputs at either end that may lie outside the drawn range. */
const TRIMMED = 0.002

type Series = LineSeriesOption | CustomSeriesOption | ScatterSeriesOption

/**
 * The functions an ensemble learned, against the analytic prediction, over the data's coordinate.
 *
 * @returns an option for a chart of any size, about `style.width` wide
 */
export function functionFigure(view: FunctionView, style: FigureStyle): EChartsCoreOption {
  const palette = palettes[style.theme]
  const { em, stroke: scaled } = figureScale(style)
  const dashes = (lengths: readonly number[]): number[] => lengths.map(scaled)
  const order = ascending(view.coordinate)
  const points = (values: ArrayLike<number>): Point[] =>
    order.map((i) => [view.coordinate[i] ?? NaN, values[i] ?? NaN])
  const offset = (mean: Float64Array, deviation: Float64Array, factor: number): Float64Array =>
    mean.map((value, i) => value + factor * (deviation[i] ?? NaN))
  const { predictedMean, predictedDeviation } = view
  const predicted = predictedMean &&
    predictedDeviation && {
      mean: predictedMean,
      deviation: predictedDeviation,
      low: offset(predictedMean, predictedDeviation, -NORMAL_95),
      high: offset(predictedMean, predictedDeviation, NORMAL_95)
    }
  const ensembleLow = offset(view.ensembleMean, view.ensembleDeviation, -NORMAL_95)
  const ensembleHigh = offset(view.ensembleMean, view.ensembleDeviation, NORMAL_95)

  const series: Series[] = []
  const legend: LegendEntry[] = []

  if (predicted) {
    const band = { color: palette.band, opacity: palette.bandOpacity }
    const bandName = 'predicted ± 1.96 s.d.'
    series.push(bandSeries(bandName, points(predicted.low), points(predicted.high), band))
    legend.push(legendEntry(bandName, 'area', band.color, 2 * band.opacity))
  }
  if (view.members.length > 0) {
    const shown = view.members.length < view.ensembleSize ? `${view.members.length} of ` : 'n = '
    const name = `members (${shown}${view.ensembleSize})`
    const stroke = {
      color: palette.members,
      opacity: membersOpacity(view.members.length, palette.membersOpacity),
      width: scaled(0.8)
    }
    series.push(curvesSeries(name, view.members.map(points), stroke))
    legend.push(legendEntry(name, 'thin', stroke.color))
  }
  if (view.testTargets) {
    const stroke = { color: palette.target, width: scaled(1.2), type: 'solid' } as const
    series.push(lineSeries('target', points(view.testTargets), stroke))
    legend.push(legendEntry('target', 'thin', stroke.color))
  }
  if (style.ensembleDeviation === true) {
    const name = 'ensemble ± 1.96 s.d.'
    const stroke = { color: palette.ensemble, width: scaled(1.2), type: dashes([2, 3]) }
    series.push(lineSeries(name, points(ensembleLow), stroke))
    series.push(lineSeries(name, points(ensembleHigh), stroke))
    legend.push(legendEntry(name, 'dotted', stroke.color))
  }
  if (view.nngpMean) {
    const stroke = { color: palette.nngp, width: scaled(2), type: dashes([2, 3]) }
    series.push(lineSeries('NNGP regression', points(view.nngpMean), stroke))
    legend.push(legendEntry('NNGP regression', 'dotted', stroke.color))
  }
  const mean = { color: palette.ensemble, width: scaled(2.4), type: 'solid' } as const
  series.push(lineSeries('ensemble mean', points(view.ensembleMean), mean))
  legend.push(legendEntry('ensemble mean', 'solid', mean.color))
  if (predicted) {
    const stroke = { color: palette.prediction, width: scaled(2.2), type: dashes([7, 5]) }
    const name = predictionName(view.kernelName)
    series.push(lineSeries(name, points(predicted.mean), stroke))
    legend.push(legendEntry(name, 'dashed', stroke.color))
  }
  const trainingPoints: ScatterSeriesOption = {
    type: 'scatter',
    name: 'training points',
    data: Array.from(view.trainCoordinate, (x, i): Point => [x, view.trainTargets[i] ?? NaN]),
    symbolSize: 0.58 * em,
    silent: true,
    itemStyle: {
      color: palette.points,
      borderColor: palette.pointsBorder,
      borderWidth: scaled(1),
      opacity: 1
    },
    z: 6
  }
  series.push(trainingPoints)
  legend.push(legendEntry('training points', 'point', palette.points))

  const x = finiteRange([view.coordinate, view.trainCoordinate]) ?? [0, 1]
  const curves = [view.ensembleMean, view.trainTargets]
  const optional = [predicted?.low, predicted?.high, view.testTargets, view.nngpMean].filter(
    (values) => values !== null && values !== undefined
  )
  const y = finiteRange([...curves, ...optional, trimmed(view.members)]) ?? [-1, 1]
  return {
    ...figureFrame(
      {
        title: title(view),
        provenance: view.provenance,
        legend: legend.sort(byRank),
        x: {
          label: view.coordinateLabel,
          unit: view.coordinateUnit,
          ticks: coordinateTicks(x[0], x[1], view.coordinateUnit)
        },
        y: { label: 'network output', unit: '', ticks: roundTicks(y[0], y[1]) }
      },
      style
    ),
    ...(style.interactive === true
      ? {
          tooltip: valueTooltip(palette, (at) => {
            const i = nearest(view.coordinate, at)
            const plusMinus = (mean: Float64Array, deviation: Float64Array): string =>
              `${formatNumber(mean[i] ?? NaN)} ± ${formatNumber(deviation[i] ?? NaN)}`
            return {
              heading: `${view.coordinateLabel} = ${formatNumber(view.coordinate[i] ?? NaN)} ${view.coordinateUnit}`,
              rows: [
                ['ensemble mean ± s.d.', plusMinus(view.ensembleMean, view.ensembleDeviation)],
                ...(predicted
                  ? [
                      [
                        'predicted mean ± s.d.',
                        plusMinus(predicted.mean, predicted.deviation)
                      ] as const
                    ]
                  : []),
                ...(view.nngpMean
                  ? [['NNGP regression', formatNumber(view.nngpMean[i] ?? NaN)] as const]
                  : []),
                ...(view.testTargets
                  ? [['target', formatNumber(view.testTargets[i] ?? NaN)] as const]
                  : [])
              ]
            }
          })
        }
      : {}),
    series
  }
}

/** "SG-NTK prediction" from "analytic SG-NTK". */
function predictionName(kernelName: string): string {
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

/** Most telling first: what was learned, what was predicted, then what they are seen against. */
const legendOrder = [
  /^ensemble mean$/,
  / prediction$/,
  /^predicted/,
  /^(ensemble|members)/,
  /^NNGP/,
  /^target/
]

function byRank(a: LegendEntry, b: LegendEntry): number {
  return rankOf(a.name) - rankOf(b.name)
}

function rankOf(name: string): number {
  const at = legendOrder.findIndex((pattern) => pattern.test(name))
  return at < 0 ? legendOrder.length : at
}

function ascending(coordinate: Float64Array): number[] {
  return Array.from(coordinate.keys()).sort(
    (i, j) => (coordinate[i] ?? NaN) - (coordinate[j] ?? NaN)
  )
}

function nearest(coordinate: Float64Array, at: number): number {
  let best = 0
  coordinate.forEach((value, i) => {
    if (Math.abs(value - at) < Math.abs((coordinate[best] ?? Infinity) - at)) best = i
  })
  return best
}

/** Many lines are fainter each, so that together they leave the mean to be seen. */
function membersOpacity(count: number, highest: number): number {
  return Math.max(0.1, Math.min(highest, 14 / count))
}

/** All member outputs but the most extreme ones: one straying network must not flatten the rest. */
function trimmed(members: readonly Float64Array[]): Float64Array {
  const all = Float64Array.from(members.flatMap((member) => [...member])).sort()
  const cut = Math.floor(TRIMMED * all.length)
  return all.subarray(cut, all.length - cut)
}
