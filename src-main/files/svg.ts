import { CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import { GridComponent, LegendPlainComponent, TitleComponent } from 'echarts/components'
import { init, use, type EChartsCoreOption } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { plainSvg } from './plain-svg'

// What the figures of src-shared/figures are made of; tooltips are for screens.
use([
  CustomChart,
  LineChart,
  ScatterChart,
  GridComponent,
  LegendPlainComponent,
  TitleComponent,
  SVGRenderer
])

/** How a figure becomes a file. */
export interface SvgOptions {
  /** CSS pixels, 96 an inch. */
  readonly width: number
  readonly height: number
  /** A CSS colour; without one the option's own background stays. */
  readonly background?: string
  /** What it shows, in a few words: the document's title. */
  readonly title?: string
  /** Where it comes from: the document's description. */
  readonly description?: string
}

/** An SVG document of a chart, with its texts as text. */
export function renderFigure(option: EChartsCoreOption, options: SvgOptions): string {
  const { width, height, background, title, description } = options
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({
      ...option,
      animation: false,
      ...(background !== undefined && { backgroundColor: background })
    })
    return withMetadata(plainSvg(chart.renderToSVGString()), { title, desc: description })
  } finally {
    chart.dispose()
  }
}

/** Puts elements such as title and desc first in the root element, where viewers look for them. */
function withMetadata(svg: string, texts: Record<string, string | undefined>): string {
  const elements = Object.entries(texts).map(([name, text]) =>
    text === undefined ? '' : `<${name}>${escaped(text)}</${name}>\n`
  )
  const start = svg.indexOf('>', svg.indexOf('<svg')) + 1
  return withoutControls(
    `${svg.slice(0, start)}\n${elements.join('')}${svg.slice(start).trimStart()}`
  )
}

/** Names given by users may hold control characters, which XML has no way to write. */
function withoutControls(xml: string): string {
  return xml.replaceAll(/[^\P{Cc}\t\n\r]/gu, '')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
