import { axisName } from './axes'
import { axisScale, MOST_TICKS, type AxisScale } from './axis-scale'
import { colourBarScale } from './colour-bar'
import type { Plot, PlotAxis, PlotPanel } from './plot'
import { panelExtent } from './series-extent'
import { textWidth } from './text-width'

/** A rectangle in CSS pixels, from the figure's upper left corner. */
export interface Rectangle {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** One panel in its place. */
export interface PlacedPanel {
  readonly panel: PlotPanel
  readonly rectangle: Rectangle
  readonly x: AxisScale
  readonly y: AxisScale
  /** Whether the numbers of the axis are written at this panel, or only marked. */
  readonly labelledX: boolean
  readonly labelledY: boolean
  /** Beside a panel with a heatmap. */
  readonly colourBar: (Rectangle & { readonly scale: AxisScale; readonly name: string }) | null
}

/** Panels in their places, and where they begin and end. */
export interface PanelGrid {
  readonly panels: readonly PlacedPanel[]
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  /** Names of the axes that all panels have in common; null where each has its own. */
  readonly nameX: string | null
  readonly nameY: string | null
}

/** Heights and distances, in sizes of the letters. */
export const lengths = {
  edge: 0.6,
  line: 1.25,
  /** From an axis to its labels, and from those to the axis' name. */
  labelGap: 0.6,
  nameGap: 0.5,
  /** Between panels without labels between them. */
  panelGap: 0.9,
  barGap: 0.7,
  barWidth: 0.9,
  /** A vertical axis has a mark every so often at most. */
  tickHeight: 1.6
} as const

/** Room below a panel for numbers, and for the axis' name below them, in sizes of the letters. */
const labelsX = lengths.labelGap + 1
export const nameSpace = lengths.nameGap + lengths.line
/** Room below the lowest panels. */
export const belowPanels = labelsX + nameSpace

/**
 * Lays out the panels of a plot between two heights.
 *
 * @param em size of the letters, CSS pixels
 * @param space the figure's width and what lies above and below the panels; top is the place of the
 *   first panel's upper end without its title
 */
export function panelGrid(
  plot: Plot,
  em: number,
  space: { readonly width: number; readonly top: number; readonly bottom: number }
): PanelGrid {
  const { panels } = plot
  const rows = 1 + Math.max(...panels.map(({ row }) => row))
  const columns = 1 + Math.max(...panels.map(({ column }) => column))
  const [sharedX, sharedY] = [plot.shareX !== 'none', plot.shareY !== 'none']
  const nameX = commonName(panels, 'x')
  const nameY = commonName(panels, 'y')

  const titleHeight = panels.some(({ title }) => title !== '') ? lengths.line * em : 0
  const betweenLabels = labelsX + (nameX === null ? nameSpace : 0) + 0.7
  const rowGap = titleHeight + (sharedX ? lengths.panelGap : betweenLabels) * em
  const top = space.top + titleHeight
  const height = Math.max(1, (space.bottom - top - (rows - 1) * rowGap) / rows)

  const scaled = panels.map((panel) => {
    const y = fittingScale(
      panel.y,
      sharedExtent(plot, panel, 'y'),
      height,
      () => lengths.tickHeight * em
    )
    return {
      panel,
      y,
      labels: widestLabel(y, em),
      bar: colourBarScale(panel, height < 10 * em ? 3 : 5)
    }
  })
  const labelsY = Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...scaled.filter(({ panel }) => panel.column === column).map((p) => p.labels))
  )
  const overhang = Math.max(0, ...panels.map((panel) => overhangX(plot, panel, em)))
  const before = labelsY.map((labels, column) => {
    if (column > 0 && sharedY) return Math.max(lengths.panelGap * em, 2 * overhang)
    const name = column === 0 || nameY === null ? nameSpace * em : 0
    return (column === 0 ? lengths.edge : 0.7) * em + name + lengths.labelGap * em + labels
  })
  const after = labelsY.map((_, column) =>
    Math.max(
      0,
      ...scaled.map(({ panel, bar }) => (bar && panel.column === column ? barSpace(bar, em) : 0))
    )
  )
  const rowTitle = plot.rowTitles.length > 0 ? (lengths.line + 0.2) * em : 0
  const lastBar = after.at(-1) ?? 0
  const end = Math.max(lengths.edge * em, overhang - Math.max(lastBar, rowTitle)) + rowTitle
  const width = Math.max(1, (space.width - sum(before) - sum(after) - end) / columns)
  const leftOf = (column: number): number =>
    sum(before.slice(0, column + 1)) + sum(after.slice(0, column)) + column * width

  const lowest = (column: number): number =>
    Math.max(...panels.filter((panel) => panel.column === column).map(({ row }) => row))
  return {
    panels: scaled.map(({ panel, y, bar }): PlacedPanel => {
      const left = leftOf(panel.column)
      const upper = top + panel.row * (height + rowGap)
      return {
        panel,
        rectangle: { left, top: upper, width, height },
        x: fittingScale(
          panel.x,
          sharedExtent(plot, panel, 'x'),
          width,
          (scale) => widestLabel(scale, em) + 0.8 * em
        ),
        y,
        labelledX: !sharedX || panel.row === lowest(panel.column),
        labelledY: !sharedY || panel.column === 0,
        colourBar: bar && {
          left: left + width + lengths.barGap * em,
          ...{ top: upper, width: lengths.barWidth * em, height },
          ...bar
        }
      }
    }),
    left: leftOf(0),
    right: leftOf(columns - 1) + width,
    top,
    bottom: top + rows * height + (rows - 1) * rowGap,
    nameX,
    nameY
  }
}

/** The data of all panels that share an axis with one. */
function sharedExtent(plot: Plot, panel: PlotPanel, axis: 'x' | 'y'): ArrayLike<number>[] {
  const shared = axis === 'x' ? plot.shareX : plot.shareY
  const group = plot.panels.filter((other) => {
    if (shared === 'none') return other === panel
    if (shared === 'all') return true
    return axis === 'x' ? other.column === panel.column : other.row === panel.row
  })
  return group.flatMap((one) => panelExtent(one, axis))
}

/** The name of an axis if all panels agree on it. */
function commonName(panels: readonly PlotPanel[], axis: 'x' | 'y'): string | null {
  const names = new Set(panels.map((panel) => nameOf(panel[axis])))
  return names.size === 1 ? ([...names][0] ?? null) : null
}

/** An axis' name with its unit. */
export function nameOf({ label, unit }: PlotAxis): string {
  return axisName(label, unit)
}

/**
 * The scale of an axis with as many marks as have room for their words.
 *
 * @param room what a mark takes along the axis, CSS pixels
 */
function fittingScale(
  axis: PlotAxis,
  data: readonly ArrayLike<number>[],
  pixels: number,
  room: (scale: AxisScale) => number
): AxisScale {
  for (let wanted = MOST_TICKS; wanted >= 2; wanted--) {
    const scale = axisScale(axis, data, wanted)
    const { values, min, max } = scale.ticks
    const closest = Math.min(...values.map((at, i) => (values[i + 1] ?? Infinity) - at))
    if (room(scale) <= (closest * pixels) / (max - min)) return scale
  }
  return axisScale(axis, data, 1)
}

/** How wide a bar of colours is with everything that belongs to it. */
function barSpace(bar: { scale: AxisScale; name: string }, em: number): number {
  const { barGap, barWidth, labelGap } = lengths
  const name = bar.name === '' ? 0 : nameSpace
  return (barGap + barWidth + labelGap + name) * em + widestLabel(bar.scale, em)
}

/** The widest of an axis' numbers, CSS pixels. */
export function widestLabel({ ticks }: AxisScale, em: number): number {
  return Math.max(0, ...ticks.values.map((value) => textWidth(ticks.label(value), em)))
}

/** How far the first and last numbers of a horizontal axis may reach beyond it. */
function overhangX(plot: Plot, panel: PlotPanel, em: number): number {
  const { ticks } = axisScale(panel.x, sharedExtent(plot, panel, 'x'), MOST_TICKS)
  const ends = [ticks.values[0], ticks.values.at(-1)].map((end) =>
    end === undefined ? 0 : textWidth(ticks.label(end), em)
  )
  return Math.max(...ends) / 2 + 0.2 * em
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
