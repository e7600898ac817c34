import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts/charts'
import { figureFont, type FigureScale } from './figure-style'

/** A place in positions of the axes. */
export type Point = [x: number, y: number]

/** How a line is stroked; `type` is a dash pattern in pixels or a name. */
export interface Stroke {
  readonly color: string
  readonly width: number
  readonly type: 'solid' | number[]
  readonly opacity: number
}

interface Fill {
  readonly color: string
  readonly opacity: number
}

/** How points look; sizes in CSS pixels. */
interface Mark {
  readonly symbol: string
  readonly size: number
  readonly colour: string
  readonly border: string
  readonly borderWidth: number
  readonly opacity: number
}

/** What lies above what. */
const layers = {
  area: 1,
  curves: 2,
  reference: 3,
  line: 4,
  errors: 5,
  points: 6,
  words: 7
} as const

/** A line through points; not finite values leave a gap. */
export function lineSeries(
  name: string,
  points: readonly Point[],
  stroke: Stroke
): LineSeriesOption {
  return {
    type: 'line',
    name,
    data: points.map(([x, y]) => (Number.isFinite(x) && Number.isFinite(y) ? [x, y] : [x, null])),
    symbol: 'none',
    silent: true,
    clip: true,
    lineStyle: {
      color: stroke.color,
      width: stroke.width,
      type: stroke.type,
      opacity: stroke.opacity
    },
    itemStyle: { color: stroke.color },
    z: layers.line
  }
}

/** Marks at points. */
export function pointSeries(
  name: string,
  points: readonly Point[],
  mark: Mark
): ScatterSeriesOption {
  return {
    type: 'scatter',
    name,
    data: points.filter(isFinitePoint),
    symbol: mark.symbol,
    symbolSize: mark.size,
    silent: true,
    itemStyle: {
      color: mark.colour,
      borderColor: mark.border,
      borderWidth: mark.borderWidth,
      opacity: mark.opacity
    },
    z: layers.points
  }
}

/** A filled area between two lines over the same points. */
export function areaSeries(
  name: string,
  low: readonly Point[],
  high: readonly Point[],
  fill: Fill
): CustomSeriesOption {
  const outline = [...low, ...[...high].reverse()].filter(isFinitePoint)
  return {
    ...shapes(name, 1),
    renderItem: (_, api) => ({
      type: 'polygon',
      shape: { points: outline.map((point) => api.coord(point)) },
      style: { fill: fill.color, opacity: fill.opacity }
    }),
    z: layers.area
  }
}

/** Many thin lines under one name. */
export function curvesSeries(
  name: string,
  curves: readonly (readonly Point[])[],
  stroke: Stroke
): CustomSeriesOption {
  const finite = curves.map((curve) => curve.filter(isFinitePoint))
  return {
    ...shapes(name, curves.length),
    renderItem: ({ dataIndex }, api) => ({
      type: 'polyline',
      shape: { points: (finite[dataIndex] ?? []).map((point) => api.coord(point)) },
      style: {
        fill: 'none',
        stroke: stroke.color,
        lineWidth: stroke.width,
        opacity: stroke.opacity
      }
    }),
    z: layers.curves
  }
}

/**
 * Bars that stand on the lower end of the vertical axis' 0 or, where it has none, of the panel.
 *
 * @param edges positions of their borders, one more than tops
 */
export function barSeries(
  name: string,
  edges: readonly number[],
  tops: readonly number[],
  fill: Fill
): CustomSeriesOption {
  return {
    ...shapes(name, tops.length),
    renderItem: ({ dataIndex, coordSys }, api) => {
      const [left = NaN, right = NaN] = [edges[dataIndex], edges[dataIndex + 1]]
      const [x = NaN, y = NaN] = api.coord([left, tops[dataIndex] ?? NaN])
      const [end = NaN, zero = NaN] = api.coord([right, 0])
      const { y: top, height } = coordSys as unknown as { y: number; height: number }
      const foot = Math.max(top, Math.min(top + height, zero))
      if (![x, y, end, foot].every(Number.isFinite)) return null
      return {
        type: 'rect',
        shape: { x, y: Math.min(y, foot), width: end - x, height: Math.abs(foot - y) },
        style: { fill: fill.color, opacity: fill.opacity }
      }
    },
    z: layers.area
  }
}

/** Bars of errors with caps of a width in CSS pixels on either side. */
export function errorBarSeries(
  name: string,
  bars: readonly (readonly [x: number, low: number, high: number])[],
  { color, width }: Stroke,
  cap: number
): CustomSeriesOption {
  return {
    ...shapes(name, bars.length),
    renderItem: ({ dataIndex }, api) => {
      const [at, low, high] = bars[dataIndex] ?? [NaN, NaN, NaN]
      const [x = NaN, bottom = NaN] = api.coord([at, low])
      const [, top = NaN] = api.coord([at, high])
      if (![x, bottom, top].every(Number.isFinite)) return null
      const capAt = (y: number): string => `M${x - cap} ${y}h${2 * cap}`
      return {
        type: 'path',
        shape: { pathData: `M${x} ${bottom}V${top}${capAt(bottom)}${capAt(top)}` },
        style: { fill: 'none', stroke: color, lineWidth: width }
      }
    },
    z: layers.errors
  }
}

/** The panel between two positions of an axis. */
export function spanSeries(
  name: string,
  axis: 'x' | 'y',
  [from, to]: readonly [number, number],
  fill: Fill
): CustomSeriesOption {
  return {
    ...shapes(name, 1),
    renderItem: ({ coordSys }, api) => {
      const panel = coordSys as unknown as Record<'x' | 'y' | 'width' | 'height', number>
      if (!Number.isFinite(from) || !Number.isFinite(to)) return null
      const [left = NaN, bottom = NaN] = api.coord([from, from])
      const [right = NaN, top = NaN] = api.coord([to, to])
      const shape =
        axis === 'x'
          ? {
              x: Math.min(left, right),
              y: panel.y,
              width: Math.abs(right - left),
              height: panel.height
            }
          : {
              x: panel.x,
              y: Math.min(top, bottom),
              width: panel.width,
              height: Math.abs(bottom - top)
            }
      return { type: 'rect', shape, style: { fill: fill.color, opacity: fill.opacity } }
    },
    z: layers.area
  }
}

/** A line right across the panel at one position of an axis. */
export function referenceSeries(
  name: string,
  axis: 'x' | 'y',
  at: number,
  stroke: Stroke
): CustomSeriesOption {
  return {
    ...shapes(name, 1),
    renderItem: ({ coordSys }, api) => {
      const { x, y, width, height } = coordSys as unknown as Record<
        'x' | 'y' | 'width' | 'height',
        number
      >
      if (!Number.isFinite(at)) return null
      const [left = NaN, top = NaN] = api.coord([at, at])
      const ends =
        axis === 'x'
          ? { x1: left, y1: y, x2: left, y2: y + height }
          : { x1: x, y1: top, x2: x + width, y2: top }
      return {
        type: 'line',
        shape: ends,
        style: {
          stroke: stroke.color,
          lineWidth: stroke.width,
          lineDash: stroke.type === 'solid' ? [] : stroke.type
        }
      }
    },
    z: layers.reference
  }
}

/** Words at points. */
export function wordSeries(
  name: string,
  words: readonly { readonly at: Point; readonly text: string; readonly colour: string }[],
  { scale }: { readonly scale: FigureScale },
  align: 'left' | 'center' | 'right'
): CustomSeriesOption {
  const shown = words.filter(({ at }) => isFinitePoint(at))
  return {
    ...shapes(name, shown.length),
    renderItem: ({ dataIndex }, api) => {
      const word = shown[dataIndex]
      if (!word) return null
      const [x = 0, y = 0] = api.coord(word.at)
      return {
        type: 'text',
        x,
        y,
        style: {
          text: word.text,
          fill: word.colour,
          fontSize: scale.em,
          fontFamily: figureFont,
          align,
          verticalAlign: 'middle'
        }
      }
    },
    z: layers.words
  }
}

/** A series that draws its own shapes: its data are only their numbers. */
export function shapes(name: string, count: number): Omit<CustomSeriesOption, 'renderItem'> {
  return {
    type: 'custom',
    name,
    data: Array.from({ length: count }, (_, i) => [i, i]),
    silent: true,
    clip: true
  }
}

function isFinitePoint(point: Point): boolean {
  return point.every(Number.isFinite)
}
