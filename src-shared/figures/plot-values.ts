import type { AxisScale } from './axis-scale'
import { formatNumber } from './numbers'
import type { PlotPanel, PlotSeries } from './plot'

/** What the series of a panel say at one place of its horizontal axis. */
export interface PanelValues {
  /** The place in words: that of the data closest to where it was asked for. */
  readonly heading: string
  readonly rows: readonly (readonly [name: string, value: string])[]
}

/**
 * The values of a panel's series at a position of the horizontal axis; lines and bands at their closest
 * points, marks where they have one there.
 */
export function valuesAt({ x: axis, series }: PlotPanel, x: AxisScale, at: number): PanelValues {
  const shown = series.filter(({ hidden }) => !hidden)
  const places = shown.flatMap((one) => (one.kind === 'line' || one.kind === 'band' ? [one.x] : []))
  const grid = places[0] ?? shown.find((one) => one.kind === 'points')?.x
  const place = grid ? (grid[nearest(grid, x, at)] ?? NaN) : x.value(at)
  const position = x.position(place)
  const rows = shown.flatMap((one) => {
    const value = valueOf(one, x, position)
    return value === null ? [] : [[one.name, value] as const]
  })
  const named = axis.categories?.[place] ?? formatNumber(place, 4)
  return { heading: `${axis.label} = ${named}${axis.unit === '' ? '' : ` ${axis.unit}`}`, rows }
}

function valueOf(series: PlotSeries, x: AxisScale, at: number): string | null {
  switch (series.kind) {
    case 'line': {
      const i = nearest(series.x, x, at)
      return plusMinus(series.y[i], series.deviation?.[i])
    }
    case 'band': {
      const i = nearest(series.x, x, at)
      return `${formatNumber(series.low[i] ?? NaN)} – ${formatNumber(series.high[i] ?? NaN)}`
    }
    case 'points': {
      const i = nearest(series.x, x, at)
      const off = Math.abs(x.position(series.x[i] ?? NaN) - at)
      const width = x.ticks.max - x.ticks.min
      return off <= 1e-6 * width ? plusMinus(series.y[i], series.yError?.[i]) : null
    }
    case 'bars': {
      const value = x.value(at)
      const bar = series.heights.findIndex(
        (_, i) => value >= (series.edges[i] ?? NaN) && value < (series.edges[i + 1] ?? NaN)
      )
      return bar < 0 ? null : formatNumber(series.heights[bar] ?? NaN)
    }
    case 'members':
    case 'heatmap':
    case 'reference':
    case 'span':
    case 'text':
      return null
  }
}

function plusMinus(value = NaN, deviation?: number): string {
  return deviation === undefined
    ? formatNumber(value)
    : `${formatNumber(value)} ± ${formatNumber(deviation)}`
}

/** The number of the value closest to a position. */
function nearest(values: Float64Array, { position }: AxisScale, to: number): number {
  let best = 0
  let distance = Infinity
  values.forEach((value, i) => {
    const off = Math.abs(position(value) - to)
    if (off < distance) [best, distance] = [i, off]
  })
  return best
}
