import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts/charts'
import type { EChartsCoreOption } from 'echarts/core'
import type { LossView } from '../protocol/results'
import { logarithmicTicks, finiteRange, type Ticks } from './axes'
import { figureScale, type FigureStyle } from './figure-style'
import { figureFrame } from './layout'
import { legendEntry, type LegendEntry } from './legend'
import { formatCount, formatNumber } from './numbers'
import { palettes } from './palette'
import { bandSeries, lineSeries, type Point } from './series'
import { valueTooltip } from './tooltip'

/** Where step 0, which no logarithmic axis has, is put: left of step 1, at 10^−0.5. */
const START = -0.5

/**
 * Training loss of an ensemble against the steps, both logarithmic, with the expected loss that is
 * predicted. Step 0 is set apart from the others, and the lines do not reach it.
 */
export function lossFigure(view: LossView, style: FigureStyle): EChartsCoreOption {
  const palette = palettes[style.theme]
  const { em, stroke: scaled } = figureScale(style)
  const { steps } = view
  const [low, high] = finiteRange(
    [view.mean, view.low, view.high, view.predicted].map(positive)
  ) ?? [0.1, 1]
  const afterStart = (values: Float64Array): Point[] =>
    [...steps].flatMap((step, i): Point[] =>
      step >= 1 ? [[Math.log10(step), logarithm(values[i])]] : []
    )
  const start = steps.indexOf(0)
  const atStart = (values: Float64Array): number => logarithm(values[start])

  const mean = { color: palette.ensemble, width: scaled(2.4), type: 'solid' } as const
  const predicted = { color: palette.prediction, width: scaled(2.2), type: [7, 5].map(scaled) }
  const band = { color: palette.members, opacity: palette.bandOpacity + 0.08 }
  const series: (LineSeriesOption | CustomSeriesOption | ScatterSeriesOption)[] = []
  const legend: LegendEntry[] = [legendEntry('mean loss', 'solid', mean.color)]
  series.push(lineSeries('mean loss', afterStart(view.mean), mean))
  legend.push(legendEntry('5–95 % of networks', 'area', band.color, band.opacity))
  series.push(bandSeries('5–95 % of networks', afterStart(view.low), afterStart(view.high), band))
  if (view.predicted.length > 0) {
    legend.push(legendEntry('predicted loss', 'dashed', predicted.color))
    series.push(lineSeries('predicted loss', afterStart(view.predicted), predicted))
  }
  if (start >= 0) {
    const [bottom, top] = [atStart(view.low), atStart(view.high)]
    const [left, right] = [START - 0.04, START + 0.04]
    const mark = { size: 0.66 * em, border: scaled(2) }
    series.push(
      bandSeries(
        '5–95 % of networks',
        [left, right].map((x): Point => [x, bottom]),
        [left, right].map((x): Point => [x, top]),
        band
      ),
      startPoint('mean loss', atStart(view.mean), mark, palette.ensemble)
    )
    if (view.predicted.length > 0) {
      const y = atStart(view.predicted)
      series.push(startPoint('predicted loss', y, mark, palette.prediction, 'transparent'))
    }
  }

  return {
    ...figureFrame(
      {
        title: title(view),
        provenance: view.provenance,
        legend,
        x: {
          label: start >= 0 ? 'training step (step 0 set apart)' : 'training step',
          unit: '',
          ticks: stepTicks(steps)
        },
        y: {
          label: 'loss',
          unit: view.loss === 'mse' ? '½ Σ squared error' : 'Σ cross-entropy',
          ticks: logarithmicTicks(low, high)
        }
      },
      style
    ),
    ...(style.interactive === true
      ? { tooltip: valueTooltip(palette, (at) => valuesAt(view, at)) }
      : {}),
    series
  }
}

function title(view: LossView): string {
  return [
    `width ${formatCount(view.width)}`,
    ...(view.conditionLabel === '' ? [] : [view.conditionLabel])
  ].join(', ')
}

/** Decades of steps, and the start's own place before them. */
function stepTicks(steps: Float64Array): Ticks {
  const last = Math.max(10, ...steps)
  const decades = logarithmicTicks(1, Math.max(last, 100))
  const values = decades.values.filter((value) => value >= 0 && value <= Math.log10(last) + 1e-9)
  if (!steps.includes(0)) return { ...decades, min: 0, max: Math.log10(last), values }
  return {
    min: START - 0.25,
    max: Math.log10(last),
    values: [START, ...values],
    label: (value) => (value === START ? '0' : decades.label(value))
  }
}

function startPoint(
  name: string,
  y: number,
  mark: { readonly size: number; readonly border: number },
  color: string,
  fill = color
): ScatterSeriesOption {
  return {
    type: 'scatter',
    name,
    data: Number.isFinite(y) ? [[START, y]] : [],
    symbolSize: mark.size,
    silent: true,
    itemStyle: { color: fill, borderColor: color, borderWidth: mark.border, opacity: 1 },
    z: 5
  }
}

function valuesAt(view: LossView, position: number) {
  const place = (step: number): number => (step === 0 ? START : Math.log10(step))
  let i = 0
  view.steps.forEach((step, j) => {
    const best = Math.abs(place(view.steps[i] ?? 0) - position)
    if (Math.abs(place(step) - position) < best) i = j
  })
  const value = (values: Float64Array): string => formatNumber(values[i] ?? NaN)
  return {
    heading: `step ${formatCount(view.steps[i] ?? 0)}`,
    rows: [
      ['mean loss', value(view.mean)] as const,
      ['5–95 % of networks', `${value(view.low)} – ${value(view.high)}`] as const,
      ...(view.predicted.length > 0 ? [['predicted loss', value(view.predicted)] as const] : [])
    ]
  }
}

function positive(values: Float64Array): Float64Array {
  return values.filter((value) => value > 0)
}

/** log₁₀ of a positive number; NaN, which draws nothing, for any other. */
function logarithm(value: number | undefined): number {
  return value !== undefined && value > 0 ? Math.log10(value) : NaN
}
