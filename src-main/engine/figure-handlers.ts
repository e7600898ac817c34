import { figureRequestSchema, figureSpecSchema } from '@shared/figures/figure-request'
import type { Handlers } from './handlers'
import { offeredFigures, type FigureContext } from './views/figure-data'
import { renderFigure, specPlot } from './views/render-figure'

/** The channels that make figures. */
export type FigureChannel = 'figure.offer' | 'figure.data' | 'figure.render'

const dataRequest = figureSpecSchema.pick({ source: true, edits: true })

/**
 * What answers these channels.
 *
 * @param context of the open session
 */
export function figureHandlers(context: () => FigureContext): Pick<Handlers, FigureChannel> {
  return {
    'figure.offer': ({ runId, ensembleIndex, step }) =>
      offeredFigures(context(), runId, ensembleIndex, step),
    'figure.data': (request) => specPlot(dataRequest.parse(request), context()),
    'figure.render': (request) => renderFigure(figureRequestSchema.parse(request), context())
  }
}
