import type { FigureRequest } from '@shared/figures/figure-request'
import type { Plot } from '@shared/figures/plot'
import { plotFigure } from '@shared/figures/plot-figure'
import { appVersion } from '../../version'
import { pdfFromSvg } from '../../files/pdf'
import { pngFromSvg } from '../../files/png'
import { renderFigure as svgOf } from '../../files/svg'

/** How a plot is drawn into a file. */
export type PlotAppearance = Omit<FigureRequest, 'source' | 'edits'>

/**
 * A plot as a file's contents.
 *
 * @param created when its data were computed, ISO 8601; null where that is not one time
 */
export async function plotFile(
  plot: Plot,
  { format, dotsPerInch, ...style }: PlotAppearance,
  created: string | null
): Promise<Uint8Array> {
  const extent = { width: style.width, height: style.height }
  const metadata = {
    title: plot.title,
    description: plot.provenance,
    creator: `Tangent Lab ${appVersion}`,
    created
  }
  const svg = svgOf(plotFigure(plot, { ...style, interactive: false }), extent, metadata)
  switch (format) {
    case 'svg':
      return new TextEncoder().encode(svg)
    case 'pdf':
      return pdfFromSvg(svg, extent, metadata)
    case 'png':
      return pngFromSvg(svg, { dotsPerInch })
  }
}
