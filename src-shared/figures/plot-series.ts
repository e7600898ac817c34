import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts/charts'
import type { AxisScale } from './axis-scale'
import type { FigureScale } from './figure-style'
import { heatCells } from './heat-cells'
import { palettes, type FigureTheme } from './palette'
import type { PlotSeries, SeriesOf } from './plot'
import { colourIn, opacityIn } from './plot-colours'
import {
  areaSeries,
  barSeries,
  curvesSeries,
  errorBarSeries,
  lineSeries,
  pointSeries,
  referenceSeries,
  spanSeries,
  wordSeries,
  type Point,
  type Stroke
} from './series'

export type ChartSeries = LineSeriesOption | CustomSeriesOption | ScatterSeriesOption

/** What series are drawn with. */
interface Drawing {
  readonly x: AxisScale
  readonly y: AxisScale
  readonly theme: FigureTheme
  readonly scale: FigureScale
}

/** Lengths of strokes and gaps on the screen, CSS pixels. */
const dashLengths = {
  solid: [],
  dashed: [7, 5],
  dotted: [2, 3],
  'dash-dotted': [8, 3, 2, 3]
} as const
/** Half the width of a band where 0 is set apart, in decades. */
const HALF_BAND = 0.04

/** A series of a plot as series of a chart, in the order in which they lie on one another. */
export function plotSeries(series: PlotSeries, drawing: Drawing): ChartSeries[] {
  if (series.hidden) return []
  switch (series.kind) {
    case 'line':
      return lineOf(series, drawing)
    case 'members': {
      const curves = series.ys.map((y) => afterApart(placed(series.x, y, drawing), drawing))
      return [curvesSeries(series.name, curves, strokeOf(series, drawing))]
    }
    case 'band':
      return bandOf(series, drawing)
    case 'points':
      return pointsOf(series, drawing)
    case 'bars': {
      const edges = [...series.edges].map(drawing.x.position)
      const tops = [...series.heights].map(drawing.y.position)
      return [barSeries(series.name, edges, tops, fillOf(series, drawing))]
    }
    case 'heatmap':
      return heatCells(series, drawing)
    case 'reference': {
      const at = drawing[series.axis].position(series.value)
      return [referenceSeries(series.name, series.axis, at, strokeOf(series, drawing))]
    }
    case 'span': {
      const [from, to] = series.range.map(drawing[series.axis].position)
      if (from === undefined || to === undefined) return []
      return [spanSeries(series.name, series.axis, [from, to], fillOf(series, drawing))]
    }
    case 'text': {
      const at: Point = [drawing.x.position(series.x), drawing.y.position(series.y)]
      const colour = colourIn(drawing.theme, series.colour)
      return [wordSeries(series.name, [{ at, text: series.text, colour }], drawing, series.align)]
    }
  }
}

function lineOf(series: SeriesOf<'line'>, drawing: Drawing): ChartSeries[] {
  const points = placed(series.x, series.y, drawing)
  const line = lineSeries(series.name, afterApart(points, drawing), strokeOf(series, drawing))
  const start = atApart(points, drawing)
  if (start.length === 0) return [line]
  const colour = colourIn(drawing.theme, series.colour)
  const mark = {
    symbol: 'circle',
    size: 0.66 * drawing.scale.em,
    colour: series.dash === 'solid' ? colour : 'transparent',
    border: colour,
    borderWidth: drawing.scale.stroke(2),
    opacity: series.opacity
  }
  return [line, pointSeries(series.name, start, mark)]
}

function bandOf(series: SeriesOf<'band'>, drawing: Drawing): ChartSeries[] {
  const [low, high] = [series.low, series.high].map((y) => placed(series.x, y, drawing))
  if (!low || !high) return []
  const { apart } = drawing.x
  const widened = ([, y]: Point): Point[] =>
    apart === null ? [] : [[apart - HALF_BAND, y] as Point, [apart + HALF_BAND, y]]
  const fill = fillOf(series, drawing)
  const band = (from: readonly Point[], to: readonly Point[]): ChartSeries =>
    areaSeries(series.name, from, to, fill)
  const [startLow, startHigh] = [low, high].map((points) => atApart(points, drawing))
  return [
    band(afterApart(low, drawing), afterApart(high, drawing)),
    ...(startLow?.length && startHigh?.length
      ? [band(startLow.flatMap(widened), startHigh.flatMap(widened))]
      : [])
  ]
}

function pointsOf(series: SeriesOf<'points'>, drawing: Drawing): ChartSeries[] {
  const { theme, scale, y } = drawing
  const colour = colourIn(theme, series.colour)
  const points = placed(series.x, series.y, drawing)
  const mark = {
    symbol: series.symbol === 'square' ? 'rect' : series.symbol,
    size: series.size * scale.em,
    colour: series.filled ? colour : 'transparent',
    border: series.filled ? palettes[theme].pointsBorder : colour,
    borderWidth: scale.stroke(series.filled ? 1 : 1.6),
    opacity: series.opacity
  }
  const { yError } = series
  if (!yError) return [pointSeries(series.name, points, mark)]
  const bars = points.map(([x], i) => {
    const [at = NaN, error = NaN] = [series.y[i], yError[i]]
    return [x, y.position(at - error), y.position(at + error)] as const
  })
  const stroke = { color: colour, width: scale.stroke(1.2), type: 'solid', opacity: 1 } as const
  return [
    errorBarSeries(series.name, bars, stroke, 0.25 * scale.em),
    pointSeries(series.name, points, mark)
  ]
}

function placed(x: Float64Array, y: Float64Array, { x: across, y: up }: Drawing): Point[] {
  return Array.from(x, (value, i): Point => [across.position(value), up.position(y[i] ?? NaN)])
}

/** Points but those where 0 is set apart: lines do not reach these. */
function afterApart(points: Point[], { x }: Drawing): Point[] {
  return x.apart === null ? points : points.filter(([at]) => at !== x.apart)
}

function atApart(points: readonly Point[], { x }: Drawing): Point[] {
  return x.apart === null ? [] : points.filter(([at]) => at === x.apart)
}

function strokeOf(
  series: SeriesOf<'line'> | SeriesOf<'members'> | SeriesOf<'reference'>,
  { theme, scale }: Drawing
): Stroke {
  const lengths = series.kind === 'members' ? [] : dashLengths[series.dash]
  return {
    color: colourIn(theme, series.colour),
    width: scale.stroke(series.width),
    type: lengths.length === 0 ? 'solid' : lengths.map(scale.stroke),
    opacity: opacityIn(theme, series)
  }
}

function fillOf(series: SeriesOf<'band' | 'bars' | 'span'>, { theme }: Drawing) {
  return { color: colourIn(theme, series.colour), opacity: opacityIn(theme, series) }
}
