import type { CustomSeriesOption, LineSeriesOption } from 'echarts/charts'

export type Point = [x: number, y: number]

/** How a line is stroked; `type` is a dash pattern in pixels or a name. */
export interface Stroke {
  readonly color: string
  readonly width: number
  readonly type: 'solid' | number[]
}

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
    lineStyle: { color: stroke.color, width: stroke.width, type: stroke.type },
    itemStyle: { color: stroke.color },
    z: 4
  }
}

/** A filled band between two lines over the same points. */
export function bandSeries(
  name: string,
  low: readonly Point[],
  high: readonly Point[],
  fill: { readonly color: string; readonly opacity: number }
): CustomSeriesOption {
  const outline = [...low, ...[...high].reverse()].filter(isFinitePoint)
  return {
    ...shapes(name, 1),
    renderItem: (_, api) => ({
      type: 'polygon',
      shape: { points: outline.map((point) => api.coord(point)) },
      style: { fill: fill.color, opacity: fill.opacity }
    }),
    z: 1
  }
}

/** Many thin lines under one name. */
export function curvesSeries(
  name: string,
  curves: readonly (readonly Point[])[],
  stroke: { readonly color: string; readonly opacity: number; readonly width: number }
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
    z: 2
  }
}

/** A series that draws its own shapes: its data are only their numbers. */
function shapes(name: string, count: number): Omit<CustomSeriesOption, 'renderItem'> {
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
