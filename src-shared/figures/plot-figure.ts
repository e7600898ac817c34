import type { EChartsCoreOption } from 'echarts/core'
import type { AxisScale } from './axis-scale'
import { barredHeatmap } from './colour-bar'
import { COLOUR_LEVELS } from './colour-map'
import { figureFont, figureScale, type FigureScale, type FigureStyle } from './figure-style'
import { heatCells } from './heat-cells'
import { legendBlock } from './legend'
import { palettes, type Palette } from './palette'
import { lengths, type PlacedPanel, type Rectangle } from './panel-grid'
import type { Plot } from './plot'
import { plotLayout, type PlacedText } from './plot-layout'
import { plotSeries, type ChartSeries } from './plot-series'

/** Series of a panel: far more than any figure has. */
const MOST_SERIES = 10_000

/** A rectangle with axes: a panel or a bar of colours. */
interface Frame {
  readonly rectangle: Rectangle
  readonly x: AxisScale
  readonly y: AxisScale
  readonly xMarks: 'labelled' | 'marked' | 'none'
  readonly yMarks: 'labelled' | 'marked'
  readonly reversed: { readonly x: boolean; readonly y: boolean }
  readonly rightAxis: boolean
  readonly gridLines: boolean
  readonly series: readonly ChartSeries[]
}

/** A plot as a chart's option: the one way in which the lab draws figures, on the screen and in files. */
export function plotFigure(plot: Plot, style: FigureStyle): EChartsCoreOption {
  const palette = palettes[style.theme]
  const scale = figureScale(style)
  const layout = plotLayout(plot, style)
  const panels = layout.panels.map((panel) => panelFrame(panel, style, scale))
  const bars = layout.panels.flatMap((panel) => barFrame(panel, scale))
  const frames = [...panels, ...bars]
  return {
    animation: false,
    backgroundColor: palette.background,
    textStyle: { fontFamily: figureFont, color: palette.text },
    legend: legendBlock(layout.legend, layout.legend.top, scale, palette, style),
    graphic: layout.texts.map((text) => words(text, palette)),
    grid: frames.map(({ rectangle }) => ({ ...rectangle, outerBoundsMode: 'none' as const })),
    xAxis: frames.map((frame, gridIndex) => ({
      ...axis(frame.x, frame.xMarks, frame.gridLines, palette, scale),
      inverse: frame.reversed.x,
      gridIndex
    })),
    yAxis: frames.map((frame, gridIndex) => ({
      ...axis(frame.y, frame.yMarks, frame.gridLines, palette, scale),
      inverse: frame.reversed.y,
      position: frame.rightAxis ? 'right' : 'left',
      gridIndex
    })),
    series: frames.flatMap(({ series }, index) =>
      series.map((one, place) => ({
        ...one,
        // Of one layer, a chart puts what it drew last on top: which that is changes with every edit.
        z: (one.z ?? 0) + place / MOST_SERIES,
        ...{ xAxisIndex: index, yAxisIndex: index }
      }))
    )
  }
}

function panelFrame(placed: PlacedPanel, { theme }: FigureStyle, scale: FigureScale): Frame {
  const { panel, rectangle, x, y, labelledX, labelledY } = placed
  return {
    ...{ rectangle, x, y },
    xMarks: labelledX ? 'labelled' : 'marked',
    yMarks: labelledY ? 'labelled' : 'marked',
    reversed: { x: panel.x.reversed, y: panel.y.reversed },
    rightAxis: false,
    gridLines: !panel.series.some(({ kind }) => kind === 'heatmap'),
    series: panel.series.flatMap((one) => plotSeries(one, { x, y, theme, scale }))
  }
}

/** A bar of colours: a heatmap of one column whose rows are its values. */
function barFrame({ panel, colourBar }: PlacedPanel, scale: FigureScale): Frame[] {
  const heatmap = barredHeatmap(panel)
  if (!colourBar || !heatmap) return []
  const { scale: colours, ...rectangle } = colourBar
  const { min, max } = colours.ticks
  const count = heatmap.map === 'classes' ? colours.ticks.values.length : COLOUR_LEVELS
  const values = Float64Array.from({ length: count }, (_, i) =>
    colours.value(min + ((i + 0.5) / count) * (max - min))
  )
  const place: AxisScale = {
    position: (value) => value,
    value: (position) => position,
    ticks: { min: 0, max: 1, values: [], label: () => '' },
    apart: null
  }
  const strip = { ...heatmap, x: Float64Array.of(0.5), y: values, values, cellLabels: false }
  return [
    {
      rectangle,
      x: place,
      y: colours,
      xMarks: 'none',
      yMarks: 'labelled',
      reversed: { x: false, y: false },
      rightAxis: true,
      gridLines: false,
      series: heatCells(strip, { x: place, y: colours, scale })
    }
  ]
}

function axis(
  { ticks }: AxisScale,
  marks: 'labelled' | 'marked' | 'none',
  gridLines: boolean,
  palette: Palette,
  { em, stroke }: FigureScale
) {
  const line = { color: palette.axis, width: stroke(1) }
  return {
    type: 'value' as const,
    min: ticks.min,
    max: ticks.max,
    // The marks are stated: nothing is to be found out about round ones.
    interval: ticks.max - ticks.min,
    axisLine: { show: true, onZero: false, lineStyle: line },
    axisTick: {
      show: marks !== 'none',
      length: 0.33 * em,
      lineStyle: line,
      customValues: [...ticks.values]
    },
    axisLabel: {
      show: marks === 'labelled',
      color: palette.text,
      fontSize: em,
      margin: lengths.labelGap * em,
      customValues: [...ticks.values],
      formatter: (value: number) => ticks.label(value)
    },
    splitLine: {
      show: gridLines && palette.grid !== null,
      lineStyle: { color: palette.grid ?? palette.background, width: stroke(1) }
    }
  }
}

function words(text: PlacedText, palette: Palette) {
  return {
    type: 'text' as const,
    silent: true,
    x: text.x,
    y: text.y,
    rotation: text.vertical ? Math.PI / 2 : 0,
    style: {
      text: text.lines.join('\n'),
      fill: text.faint ? palette.faintText : palette.text,
      fontFamily: figureFont,
      fontSize: text.size,
      fontWeight: text.weight,
      lineHeight: lengths.line * text.size,
      align: text.align,
      verticalAlign: 'middle'
    }
  }
}
