import type { FigureRequest } from '@shared/figures/figure-request'
import { functionFigure } from '@shared/figures/function-figure'
import { lossFigure } from '@shared/figures/loss-figure'
import type { ResultOf } from '@shared/protocol/channels'
import { pngFromSvg } from '../../files/png'
import { renderFigure } from '../../files/svg'
import { functionView } from './function-view'
import { lossView } from './loss-view'
import { provenance } from './provenance'
import type { EnsembleResults } from './run-arrays'

/** Members drawn in an exported figure: enough to see the spread, few enough to see through. */
const DRAWN_MEMBERS = 50

/** A figure of one ensemble as a file's contents, with a name for the file. */
export function renderRunFigure(
  results: EnsembleResults,
  request: FigureRequest
): ResultOf<'figure.render'> {
  const { ensembleIndex, figure, format, theme, width, height, dotsPerInch } = request
  const style = { theme, provenance: true, width, interactive: false }
  const option =
    figure === 'function'
      ? functionFigure(functionView(results, ensembleIndex, request.step, DRAWN_MEMBERS), style)
      : lossFigure(lossView(results, ensembleIndex), style)
  const svg = renderFigure(option, {
    width,
    height,
    title: `${figure === 'function' ? 'Comparison' : 'Training loss'}: ${results.run.name}`,
    description: provenance(results)
  })
  const bytes = format === 'svg' ? new TextEncoder().encode(svg) : pngFromSvg(svg, { dotsPerInch })
  return { bytes, fileName: `${fileStem(results, request)}.${format}` }
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
