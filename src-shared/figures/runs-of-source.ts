import type { FigureSource } from './figure-source'

/** The ids of the runs that a figure draws, each once. */
export function runsOfSource(source: FigureSource): string[] {
  const ids = 'runId' in source ? [source.runId] : source.ensembles.map(({ runId }) => runId)
  return [...new Set(ids)]
}
