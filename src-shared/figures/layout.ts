import { axisName, type Ticks } from './axes'
import { figureFont, figureSize, type FigureStyle } from './figure-style'
import { palettes, type Palette } from './palette'

const TITLE_HEIGHT = 30
const LEGEND_ROW = 17
const PROVENANCE_LINE = 12
const LEFT = 66
const RIGHT = 24
const fontSizes = { title: 14, axisName: 13, tick: 12, legend: 12, provenance: 9 } as const

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
  area: 'rect',
  point: 'circle'
} as const

/** A line of the legend. */
export function legendEntry(
  name: string,
  mark: keyof typeof legendIcons,
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

/** What the frame of a figure says. */
export interface FrameText {
  readonly title: string
  readonly provenance: string
  readonly legend: readonly LegendEntry[]
  readonly x: { readonly label: string; readonly unit: string; readonly ticks: Ticks }
  readonly y: { readonly label: string; readonly unit: string; readonly ticks: Ticks }
}

/** Everything of a chart's option but its series: title, legend, axes, provenance. */
export function figureFrame(text: FrameText, style: FigureStyle) {
  const palette = palettes[style.theme]
  const width = style.width ?? figureSize.width
  const inner = width - LEFT - RIGHT
  const legendTop = style.title === false ? 8 : TITLE_HEIGHT + 2
  const legend = legendColumns(text.legend, inner)
  const provenanceLines = style.provenance ? wrappedLines(text.provenance, width - 24) : 0
  return {
    animation: false,
    backgroundColor: palette.background,
    textStyle: { fontFamily: figureFont, color: palette.text },
    title: [
      ...(style.title === false
        ? []
        : [
            {
              text: text.title,
              left: LEFT,
              top: 10,
              padding: 0,
              textStyle: { fontSize: fontSizes.title, fontWeight: 600, color: palette.text }
            }
          ]),
      ...(style.provenance
        ? [
            {
              text: text.provenance,
              left: 12,
              bottom: 6,
              padding: 0,
              textStyle: {
                fontSize: fontSizes.provenance,
                fontWeight: 400,
                lineHeight: PROVENANCE_LINE,
                color: palette.faintText,
                width: width - 24,
                overflow: 'break' as const
              }
            }
          ]
        : [])
    ],
    legend: legend.columns.map(({ entries, left }) => ({
      orient: 'vertical' as const,
      left: LEFT + left,
      top: legendTop,
      padding: 0,
      itemGap: LEGEND_ROW - 14,
      itemWidth: 24,
      itemHeight: 8,
      selectedMode: style.interactive === true,
      inactiveColor: palette.grid,
      textStyle: { fontSize: fontSizes.legend, color: palette.text, lineHeight: 14 },
      data: [...entries]
    })),
    grid: {
      left: LEFT,
      right: RIGHT,
      top: legendTop + LEGEND_ROW * legend.rows + 10,
      bottom: 48 + (provenanceLines > 0 ? 10 + provenanceLines * PROVENANCE_LINE : 0),
      outerBoundsMode: 'none' as const
    },
    xAxis: { ...axis(text.x, palette), nameGap: 28 },
    yAxis: { ...axis(text.y, palette), nameGap: 44, nameRotate: 90 }
  }
}

function axis({ label, unit, ticks }: FrameText['x'], palette: Palette) {
  return {
    type: 'value' as const,
    min: ticks.min,
    max: ticks.max,
    name: axisName(label, unit),
    nameLocation: 'middle' as const,
    // Without a font to measure by, labels in superscripts would push the name off the figure.
    nameMoveOverlap: false,
    nameTextStyle: { fontSize: fontSizes.axisName, color: palette.text },
    axisLine: { show: true, onZero: false, lineStyle: { color: palette.axis, width: 1 } },
    axisTick: {
      show: true,
      length: 4,
      lineStyle: { color: palette.axis },
      customValues: [...ticks.values]
    },
    axisLabel: {
      color: palette.text,
      fontSize: fontSizes.tick,
      customValues: [...ticks.values],
      formatter: (value: number) => ticks.label(value)
    },
    splitLine: { show: true, lineStyle: { color: palette.grid, width: 1 } }
  }
}

/**
 * Deals entries out into as many equal columns as fit, filled one after another.
 *
 * Widths are estimated from the number of characters, so that the same layout comes out on the
 * screen and where no font can be measured.
 */
function legendColumns(entries: readonly LegendEntry[], available: number) {
  for (let count = entries.length; count > 1; count--) {
    const rows = Math.ceil(entries.length / count)
    const columns = placed(entries, rows)
    const last = columns.at(-1)
    if (last && last.left + last.width <= available) return { rows, columns }
  }
  return { rows: entries.length, columns: placed(entries, Math.max(1, entries.length)) }
}

function placed(entries: readonly LegendEntry[], rows: number) {
  const columns: { entries: readonly LegendEntry[]; left: number; width: number }[] = []
  let left = 0
  for (let start = 0; start < entries.length; start += rows) {
    const inColumn = entries.slice(start, start + rows)
    const width = Math.max(...inColumn.map(({ name }) => 30 + 6.6 * name.length))
    columns.push({ entries: inColumn, left, width })
    left += width + 18
  }
  return columns
}

function wrappedLines(text: string, width: number): number {
  return Math.ceil((text.length * 4.9) / width)
}
