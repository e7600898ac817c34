import { applyEdits } from '@shared/figures/apply-edits'
import type { FigureRequest, FigureSpec } from '@shared/figures/figure-request'
import type { FigureSource } from '@shared/figures/figure-source'
import type { Plot } from '@shared/figures/plot'
import { fileNameWords } from '@shared/protocol/run-file-name'
import type { ResultOf } from '@shared/protocol/channels'
import { figureData, type FigureContext } from './figure-data'
import { plotFile } from './plot-file'

/** The plot of a specification: its data, as a user changed them. */
export async function specPlot(
  { source, edits }: Pick<FigureSpec, 'source' | 'edits'>,
  context: FigureContext
): Promise<Plot> {
  return applyEdits(await figureData(source, context), edits)
}

/**
 * A figure as a file's contents, with a name for the file: the one way for the window, the command
 * line and bundles.
 *
 * @throws {LabError} as figureData
 */
export async function renderFigure(
  request: FigureRequest,
  context: FigureContext
): Promise<ResultOf<'figure.render'>> {
  const { source, edits, ...appearance } = request
  const plot = await specPlot({ source, edits }, context)
  const fileName = `${fileStem(source, context)}.${request.format}`
  return { bytes: await plotFile(plot, appearance, createdAt(source, context)), fileName }
}

/** When the data were computed; null for those of several runs. */
function createdAt(source: FigureSource, { session }: FigureContext): string | null {
  if (!('runId' in source)) return null
  const run = session.showRun(source.runId)
  return run.finishedAt ?? run.createdAt
}

/** Such as "function-width128-m2-step2000". */
function fileStem(source: FigureSource, { session }: FigureContext): string {
  if (source.kind === 'results') {
    return fileNameWords(`results ${source.result} ${source.across}`)
  }
  if (!('ensembleIndex' in source)) return source.kind
  const { width, label } = session.readEnsemble(source.runId, source.ensembleIndex)
  const condition = label.replace(/[^a-z0-9.]+/gi, '-').replace(/^-|-$/g, '')
  const step = 'step' in source ? (source.step ?? lastStep(source.runId, session)) : null
  return [
    source.kind === 'function' ? 'comparison' : source.kind,
    `width${width}`,
    ...(condition === '' ? [] : [condition]),
    ...(step === null ? [] : [`step${step}`])
  ].join('-')
}

function lastStep(runId: string, session: FigureContext['session']): number {
  return session.showRun(runId).recordedSteps.at(-1) ?? 0
}
