import type { AxisScale } from './axis-scale'
import type { AxisEdit } from './figure-edits'
import { formatNumber } from './numbers'
import type { PlacedPanel } from './panel-grid'
import type { Plot } from './plot'
import { valuesAt, type PanelValues } from './plot-values'

/** A place in a figure, CSS pixels from its upper left corner. */
export interface PixelPlace {
  readonly x: number
  readonly y: number
}

/** The panel under a place; null between panels. */
export function panelAt(panels: readonly PlacedPanel[], { x, y }: PixelPlace): PlacedPanel | null {
  const inside = ({ rectangle: { left, top, width, height } }: PlacedPanel): boolean =>
    x >= left && x <= left + width && y >= top && y <= top + height
  return panels.find(inside) ?? null
}

/** The positions of the axes at a place of a panel. */
export function positionsAt({ panel, rectangle, x, y }: PlacedPanel, at: PixelPlace): PixelPlace {
  const across = (at.x - rectangle.left) / rectangle.width
  const up = 1 - (at.y - rectangle.top) / rectangle.height
  return {
    x: along(x, panel.x.reversed ? 1 - across : across),
    y: along(y, panel.y.reversed ? 1 - up : up)
  }
}

/** What a panel says at a place: values of series over x, or of the cell of a heatmap. */
export function wordsAt(placed: PlacedPanel, at: PixelPlace): PanelValues {
  const positions = positionsAt(placed, at)
  const values = valuesAt(placed.panel, placed.x, positions.x)
  const cells = placed.panel.series.flatMap((series) => {
    if (series.kind !== 'heatmap' || series.hidden) return []
    const column = closest(series.x, placed.x, positions.x)
    const row = closest(series.y, placed.y, positions.y)
    const value = formatNumber(series.values[row * series.x.length + column] ?? NaN)
    const named = (axis: 'x' | 'y', place: number): string =>
      placed.panel[axis].categories?.[place] ?? formatNumber(place)
    const rows: [string, string][] = [
      [placed.panel.x.label, named('x', series.x[column] ?? NaN)],
      [placed.panel.y.label, named('y', series.y[row] ?? NaN)]
    ]
    return [{ heading: `${series.name}: ${value}`, rows }]
  })
  return cells[0] ?? values
}

/**
 * The ranges of the axes after a part of a panel was chosen: those of all panels that share them.
 *
 * @param from one corner
 * @param to the opposite one
 */
export function zoomTo(
  plot: Plot,
  placed: PlacedPanel,
  from: PixelPlace,
  to: PixelPlace
): AxisEdit[] {
  const [a, b] = [positionsAt(placed, from), positionsAt(placed, to)]
  return (['x', 'y'] as const).flatMap((axis) => {
    if (placed.panel[axis].categories) return []
    const scale = placed[axis]
    const ends = [scale.value(a[axis]), scale.value(b[axis])].sort((p, q) => p - q)
    const [low = NaN, high = NaN] = ends
    if (!(low < high)) return []
    return sharing(plot, placed, axis).map((panel) => ({ panel, axis, range: [low, high] }))
  })
}

/** The panels whose axis is the one of a panel; null for all. */
function sharing(plot: Plot, { panel }: PlacedPanel, axis: 'x' | 'y'): (number | null)[] {
  const shared = axis === 'x' ? plot.shareX : plot.shareY
  if (shared === 'all') return [null]
  return plot.panels.flatMap((other, index) => {
    if (shared === 'none') return other === panel ? [index] : []
    const same = axis === 'x' ? other.column === panel.column : other.row === panel.row
    return same ? [index] : []
  })
}

function along({ ticks }: AxisScale, share: number): number {
  return ticks.min + share * (ticks.max - ticks.min)
}

function closest(centres: Float64Array, { position }: AxisScale, to: number): number {
  return centres.reduce(
    (best, centre, i) =>
      Math.abs(position(centre) - to) < Math.abs(position(centres[best] ?? NaN) - to) ? i : best,
    0
  )
}
