import { finiteRange } from './axes'
import type { PlotPanel, PlotSeries } from './plot'

/** Share of the outputs of many lines, at either end, that may lie outside the drawn range. */
const TRIMMED = 0.002

/** What a panel draws along an axis, for its range; what is hidden counts, so that axes stay. */
export function panelExtent({ series }: PlotPanel, axis: 'x' | 'y'): ArrayLike<number>[] {
  return series.flatMap((one) => (axis === 'x' ? alongX(one) : alongY(one)))
}

function alongX(series: PlotSeries): ArrayLike<number>[] {
  switch (series.kind) {
    case 'bars':
      return [series.edges]
    case 'heatmap':
      return [cellEdges(series.x)]
    case 'reference':
      return series.axis === 'x' ? [[series.value]] : []
    case 'span':
      return series.axis === 'x' ? [series.range] : []
    case 'text':
      return [[series.x]]
    case 'line':
    case 'members':
    case 'band':
    case 'points':
      return [series.x]
  }
}

function alongY(series: PlotSeries): ArrayLike<number>[] {
  switch (series.kind) {
    case 'line':
      return [series.y]
    case 'members':
      return [trimmed(series.ys)]
    case 'band':
      return [series.low, series.high]
    case 'points': {
      const { y, yError } = series
      if (!yError) return [y]
      return [y.map((value, i) => value - reach(yError, i)), y.map((v, i) => v + reach(yError, i))]
    }
    case 'bars':
      return [[0], series.heights]
    case 'heatmap':
      return [cellEdges(series.y)]
    case 'reference':
      return series.axis === 'y' ? [[series.value]] : []
    case 'span':
      return series.axis === 'y' ? [series.range] : []
    case 'text':
      return [[series.y]]
  }
}

function reach(error: Float64Array, i: number): number {
  const value = error[i] ?? NaN
  return Number.isFinite(value) ? value : 0
}

/** Borders of cells around their ascending centres: half way between them, one more than centres. */
export function cellEdges(centres: Float64Array): Float64Array {
  const count = centres.length
  const at = (i: number): number => centres[i] ?? NaN
  if (count === 1) return Float64Array.of(at(0) - 0.5, at(0) + 0.5)
  return Float64Array.from({ length: count + 1 }, (_, i) => {
    if (i === 0) return at(0) - (at(1) - at(0)) / 2
    if (i === count) return at(count - 1) + (at(count - 1) - at(count - 2)) / 2
    return (at(i - 1) + at(i)) / 2
  })
}

/** All but the most extreme values: one straying network must not flatten the rest. */
function trimmed(lines: readonly Float64Array[]): ArrayLike<number> {
  const all = Float64Array.from(lines.flatMap((line) => [...line])).sort()
  const finite = all.filter(Number.isFinite)
  if (finite.length === 0) return []
  const cut = Math.floor(TRIMMED * finite.length)
  const [low = NaN, high = NaN] = finiteRange([finite.subarray(cut, finite.length - cut)]) ?? []
  return [low, high]
}
