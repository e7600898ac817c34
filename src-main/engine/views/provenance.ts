import type { EnsembleResults } from './run-arrays'
import { runProvenance } from './run-provenance'

/** What every view of an ensemble says of where it comes from. */
export function origin(results: EnsembleResults, ensembleIndex: number) {
  const { run, width, conditionLabel } = results
  return {
    runId: run.id,
    runName: run.name,
    ensembleIndex,
    width,
    conditionLabel,
    provenance: runProvenance(run, width)
  }
}
