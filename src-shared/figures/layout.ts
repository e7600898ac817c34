import { axisName, type Ticks } from './axes'
import {
  figureFont,
  figureScale,
  figureSize,
  type FigureScale,
  type FigureStyle
} from './figure-style'
import { legendBlock, legendColumns, type LegendEntry } from './legend'
import { palettes, type Palette } from './palette'
import { textWidth, wrappedText } from './text-width'

/** What the frame of a figure says. */
export interface FrameText {
  readonly title: string
  readonly provenance: string
  readonly legend: readonly LegendEntry[]
  readonly x: AxisText
  readonly y: AxisText
}

interface AxisText {
  readonly label: string
  readonly unit: string
  readonly ticks: Ticks
}

/** Heights and distances, in sizes of the letters. */
const EDGE = 0.6
const LINE = 1.25
/** From an axis to its labels. */
const LABEL_GAP = 0.6
/** From labels to the axis' name. */
const NAME_GAP = 0.5

/**
 * Everything of a chart's option but its series: title, legend, axes, provenance. All sizes follow
 * from that of the letters, and widths from the typeface, so that the layout is the same everywhere.
 */
export function figureFrame(text: FrameText, style: FigureStyle) {
  const palette = palettes[style.theme]
  const scale = figureScale(style)
  const { em, small } = scale
  const width = style.width ?? figureSize.width
  const edge = EDGE * em
  const labelWidth = widestLabel(text.y.ticks, em)
  const left = edge + (LINE + NAME_GAP + LABEL_GAP) * em + labelWidth
  const right = Math.max(edge, widestLabel(text.x.ticks, em) / 2 + 0.2 * em)

  const titleLines =
    style.title === false ? [] : wrappedText(text.title, em, width - left - edge, 600)
  const provenanceLines = style.provenance
    ? wrappedText(text.provenance, small, width - 2 * edge)
    : []
  const legendTop = edge + titleLines.length * LINE * em + (titleLines.length > 0 ? 0.4 * em : 0)
  // A narrow figure's legend may use all of its width, a wide one's is aligned with the axes.
  const legend = legendColumns(text.legend, em, [
    { left, available: width - left - edge },
    { left: edge, available: width - 2 * edge }
  ])
  const belowAxis = (LABEL_GAP + 1 + NAME_GAP + LINE) * em
  const provenanceHeight =
    provenanceLines.length > 0 ? 0.4 * em + provenanceLines.length * LINE * small : 0
  return {
    animation: false,
    backgroundColor: palette.background,
    textStyle: { fontFamily: figureFont, color: palette.text },
    title: [
      ...(titleLines.length > 0
        ? [
            {
              ...textBlock(titleLines, em, palette.text, 600),
              left,
              top: edge
            }
          ]
        : []),
      ...(provenanceLines.length > 0
        ? [
            {
              ...textBlock(provenanceLines, small, palette.faintText, 400),
              left: edge,
              bottom: edge / 2
            }
          ]
        : [])
    ],
    legend: legendBlock(legend, legendTop, scale, palette, style),
    grid: {
      left,
      right,
      top: legendTop + legend.height + 0.8 * em,
      bottom: belowAxis + provenanceHeight + edge / 2,
      outerBoundsMode: 'none' as const
    },
    xAxis: { ...axis(text.x, palette, scale), nameGap: (LABEL_GAP + 1 + NAME_GAP) * em },
    yAxis: {
      ...axis(text.y, palette, scale),
      nameGap: (LABEL_GAP + NAME_GAP) * em + labelWidth,
      nameRotate: 90
    }
  }
}

function textBlock(lines: readonly string[], size: number, color: string, weight: 400 | 600) {
  return {
    text: lines.join('\n'),
    padding: 0,
    textStyle: { fontSize: size, fontWeight: weight, lineHeight: LINE * size, color }
  }
}

function axis({ label, unit, ticks }: AxisText, palette: Palette, { em, stroke }: FigureScale) {
  return {
    type: 'value' as const,
    min: ticks.min,
    max: ticks.max,
    name: axisName(label, unit),
    nameLocation: 'middle' as const,
    // Without a font to measure by, labels in superscripts would push the name off the figure.
    nameMoveOverlap: false,
    nameTextStyle: { fontSize: em, color: palette.text },
    axisLine: {
      show: true,
      onZero: false,
      lineStyle: { color: palette.axis, width: stroke(1) }
    },
    axisTick: {
      show: true,
      length: 0.33 * em,
      lineStyle: { color: palette.axis, width: stroke(1) },
      customValues: [...ticks.values]
    },
    axisLabel: {
      color: palette.text,
      fontSize: em,
      margin: LABEL_GAP * em,
      customValues: [...ticks.values],
      formatter: (value: number) => ticks.label(value)
    },
    splitLine: {
      show: palette.grid !== null,
      lineStyle: { color: palette.grid ?? palette.background, width: stroke(1) }
    }
  }
}

function widestLabel({ values, label }: Ticks, size: number): number {
  return Math.max(0, ...values.map((value) => textWidth(label(value), size)))
}
