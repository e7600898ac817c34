import * as echarts from 'echarts'
import type { EChartsCoreOption } from 'echarts/core'

/** A chart's option as SVG text, as the export draws it. */
export function renderSvg(option: EChartsCoreOption, width = 720, height = 480): string {
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
