import type { FigureScale, FigureStyle } from './figure-style'
import type { Palette } from './palette'
import { textWidth } from './text-width'

/** One line of the legend, with its own mark: those of ECharts put a circle on every line. */
export interface LegendEntry {
  readonly name: string
  readonly icon: string
  readonly itemStyle: { readonly color: string; readonly opacity?: number; readonly borderWidth: 0 }
}

const legendIcons = {
  solid: dashes([[0, 24]], 2.2),
  thin: dashes([[0, 24]], 1.2),
  dashed: dashes(
    [0, 9, 18].map((start) => [start, 6]),
    2.2
  ),
  dotted: dashes(
    [0, 4.4, 8.8, 13.2, 17.6, 22].map((start) => [start, 2]),
    2.2
  ),
  'dash-dotted': dashes(
    [
      [0, 7],
      [9.5, 2],
      [14, 7],
      [22.5, 1.5]
    ],
    2.2
  ),
  area: 'rect',
  circle: 'circle',
  square: 'path://M8,0 h8 v8 h-8 Z M0,4 h0 M24,4 h0',
  diamond: 'path://M12,0 L16,4 L12,8 L8,4 Z M0,4 h0 M24,4 h0',
  triangle: 'path://M12,0 L16.5,8 L7.5,8 Z M0,4 h0 M24,4 h0'
} as const
/** How a series looks in the legend. */
export type LegendMark = keyof typeof legendIcons

/** Lengths in sizes of the letters; the gap behind an icon is ECharts' own 5 pixels. */
const ICON_WIDTH = 1.8
const ICON_HEIGHT = 0.66
const ROW = 1.4
const LINE = 1.17
const COLUMN_GAP = 1.2
const ICON_GAP_PIXELS = 5

/** A line of the legend. */
export function legendEntry(
  name: string,
  mark: LegendMark,
  color: string,
  opacity = 1
): LegendEntry {
  return { name, icon: legendIcons[mark], itemStyle: { color, opacity, borderWidth: 0 } }
}

/** A legend mark 24 wide: strokes of one thickness, each given by its start and length. */
function dashes(strokes: readonly (readonly number[])[], thickness: number): string {
  const bars = strokes.map(
    ([start = 0, length = 0]) => `M${start},0 h${length} v${thickness} h${-length} Z`
  )
  return `path://${bars.join(' ')}`
}

/** Where a legend may stand, in CSS pixels from the figure's left edge. */
interface Place {
  readonly left: number
  readonly available: number
}

interface Column {
  readonly entries: readonly LegendEntry[]
  readonly left: number
  readonly width: number
}

/** A legend dealt out into columns. */
export interface LegendColumns {
  readonly columns: readonly Column[]
  /** CSS pixels. */
  readonly height: number
}

/**
 * Deals entries out into as many columns as fit, filled one after another, in the first of the places
 * that makes the fewest rows.
 *
 * @param em size of the letters in CSS pixels
 */
export function legendColumns(
  entries: readonly LegendEntry[],
  em: number,
  places: readonly Place[]
): LegendColumns {
  for (let rows = 1; rows <= entries.length; rows++) {
    for (const place of places) {
      const columns = placed(entries, rows, em, place.left)
      const last = columns.at(-1)
      const fits = last && last.left + last.width <= place.left + place.available
      if (fits || rows === entries.length) return { columns, height: rows * ROW * em }
    }
  }
  return { columns: [], height: 0 }
}

function placed(
  entries: readonly LegendEntry[],
  rows: number,
  em: number,
  start: number
): Column[] {
  const columns: Column[] = []
  let left = start
  for (let first = 0; first < entries.length; first += rows) {
    const inColumn = entries.slice(first, first + rows)
    const text = Math.max(...inColumn.map(({ name }) => textWidth(name, em)))
    const width = ICON_WIDTH * em + ICON_GAP_PIXELS + text
    columns.push({ entries: inColumn, left, width })
    left += width + COLUMN_GAP * em
  }
  return columns
}

/** The columns as a chart's legends. */
export function legendBlock(
  { columns }: LegendColumns,
  top: number,
  { em }: FigureScale,
  palette: Palette,
  style: FigureStyle
) {
  return columns.map(({ entries, left }) => ({
    orient: 'vertical' as const,
    left,
    top,
    padding: 0,
    itemGap: (ROW - LINE) * em,
    itemWidth: ICON_WIDTH * em,
    itemHeight: ICON_HEIGHT * em,
    selectedMode: style.interactive === true,
    selected: style.selected ?? {},
    inactiveColor: palette.grid ?? palette.faintText,
    textStyle: { fontSize: em, color: palette.text, lineHeight: LINE * em },
    data: [...entries]
  }))
}
