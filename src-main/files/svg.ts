import { CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import { GraphicComponent, GridComponent, LegendPlainComponent } from 'echarts/components'
import { init, use, type EChartsCoreOption } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { mmFromPixels } from '@shared/figures/figure-size'
import type { FileMetadata } from './file-metadata'
import { escapedMarkup } from './markup'
import { plainSvg } from './plain-svg'

// What the figures of src-shared/figures are made of; tooltips are for screens.
use([
  CustomChart,
  LineChart,
  ScatterChart,
  GraphicComponent,
  GridComponent,
  LegendPlainComponent,
  SVGRenderer
])

/** A figure's size in CSS pixels, 96 an inch. */
export interface FigureExtent {
  readonly width: number
  readonly height: number
}

/**
 * An SVG document of a chart, with its texts as text. Its size is in millimetres: programs disagree
 * on how large a pixel is.
 */
export function renderFigure(
  option: EChartsCoreOption,
  { width, height }: FigureExtent,
  metadata: FileMetadata
): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({ ...option, animation: false })
    const svg = plainSvg(chart.renderToSVGString())
    const start = svg.indexOf('>', svg.indexOf('<svg')) + 1
    const root = svg
      .slice(0, start)
      .replace(/ width="[^"]*"/, ` width="${inMm(width)}"`)
      .replace(/ height="[^"]*"/, ` height="${inMm(height)}"`)
    return `${root}\n${metadataElements(metadata)}${svg.slice(start).trimStart()}`
  } finally {
    chart.dispose()
  }
}

function inMm(pixels: number): string {
  return `${Math.round(1000 * mmFromPixels(pixels)) / 1000}mm`
}

/** Title and description first, where viewers look for them; the rest as Dublin Core, as Inkscape writes it. */
function metadataElements({ title, description, creator, created }: FileMetadata): string {
  const date = created === null ? '' : `<dc:date>${created}</dc:date>`
  return `<title>${escapedMarkup(title)}</title>
<desc>${escapedMarkup(description)}</desc>
<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description rdf:about=""><dc:title>${escapedMarkup(title)}</dc:title><dc:description>${escapedMarkup(description)}</dc:description><dc:publisher>${escapedMarkup(creator)}</dc:publisher>${date}</rdf:Description></rdf:RDF></metadata>
`
}
