import type { FigureRequest } from '@shared/figures/figure-request'
import { functionFigure } from '@shared/figures/function-figure'
import { lossFigure } from '@shared/figures/loss-figure'
import { plotFigure } from '@shared/figures/plot-figure'
import type { ResultOf } from '@shared/protocol/channels'
import { appVersion } from '../../version'
import { pdfFromSvg } from '../../files/pdf'
import { pngFromSvg } from '../../files/png'
import { renderFigure } from '../../files/svg'
import { functionView } from './function-view'
import { lossView } from './loss-view'
import { provenance as provenanceLine } from './provenance'
import type { EnsembleResults } from './run-arrays'

/** Members drawn in an exported figure: enough to see the spread, few enough to see through. */
const DRAWN_MEMBERS = 50

/** A figure of one ensemble as a file's contents, with a name for the file. */
export async function renderRunFigure(
  results: EnsembleResults,
  request: FigureRequest
): Promise<ResultOf<'figure.render'>> {
  const { ensembleIndex, figure, format, step, width, height, dotsPerInch } = request
  const { theme, fontSize, title, provenance } = request
  const extent = { width, height }
  const style = { theme, ...extent, fontSize, title, provenance, interactive: false }
  const plot =
    figure === 'function'
      ? functionFigure(functionView(results, ensembleIndex, step, DRAWN_MEMBERS))
      : lossFigure(lossView(results, ensembleIndex))
  const metadata = {
    title: `${figure === 'function' ? 'Comparison' : 'Training loss'}: ${results.run.name}`,
    description: provenanceLine(results),
    creator: `Tangent Lab ${appVersion}`,
    created: results.run.finishedAt ?? results.run.createdAt
  }
  const svg = renderFigure(plotFigure(plot, style), extent, metadata)
  const fileName = `${fileStem(results, request)}.${format}`
  switch (format) {
    case 'svg':
      return { bytes: new TextEncoder().encode(svg), fileName }
    case 'pdf':
      return { bytes: await pdfFromSvg(svg, extent, metadata), fileName }
    case 'png':
      return { bytes: pngFromSvg(svg, { dotsPerInch }), fileName }
  }
}

/** Such as "comparison-width128-m2-step2000". */
function fileStem(
  { width, conditionLabel, steps }: EnsembleResults,
  request: FigureRequest
): string {
  const condition = conditionLabel.replace(/[^a-z0-9.]+/gi, '-').replace(/^-|-$/g, '')
  const parts = [`width${width}`, ...(condition ? [condition] : [])]
  if (request.figure === 'loss') return ['loss', ...parts].join('-')
  return ['comparison', ...parts, `step${request.step ?? steps.at(-1) ?? 0}`].join('-')
}
