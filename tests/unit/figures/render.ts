import * as echarts from 'echarts'
import type { FigureStyle } from '@shared/figures/figure-style'
import type { Plot } from '@shared/figures/plot'
import { plotFigure } from '@shared/figures/plot-figure'

/** A plot as SVG text, as the export draws it. */
export function renderSvg(plot: Plot, style: FigureStyle, width = 720, height = 480): string {
  const option = plotFigure(plot, { ...style, width, height })
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height })
  chart.setOption(option)
  const svg = chart.renderToSVGString()
  chart.dispose()
  return svg
}

/** The texts of an SVG in the order of the drawing. */
export function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? '')
}
