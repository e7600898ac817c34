import { conditionLabel, conditions, type Experiment } from '../design/experiment'
import type { EnsembleSummary } from '../protocol/results'
import type { Cells } from './cell'
import { ensembleCells } from './config-cells'
import { resultCells, type ResultColumn } from './result-cells'

/** A run as comparisons need it. */
export interface ComparedRun {
  readonly id: string
  readonly experiment: Experiment
  readonly ensembles: readonly EnsembleSummary[]
}

/** One ensemble of a comparison. */
export interface ComparedEnsemble {
  readonly runId: string
  /** Networks. */
  readonly size: number
  /** Its width, condition and the rest of its configuration. */
  readonly configuration: Cells
  readonly results: Readonly<Record<ResultColumn, number | null>>
}

/**
 * The ensembles of runs, each once: one of the same configuration and seed has the same numbers, and
 * counting them again would tell nothing.
 */
export function comparedEnsembles(runs: readonly ComparedRun[]): ComparedEnsemble[] {
  const byIdentity = new Map<string, ComparedEnsemble>()
  for (const ensemble of runs.flatMap(ensemblesOf)) {
    const identity = JSON.stringify(Object.entries(ensemble.configuration).sort())
    const known = byIdentity.get(identity)
    // The one that has results is the one to keep.
    if (!known || known.results.finalLoss === null) byIdentity.set(identity, ensemble)
  }
  return [...byIdentity.values()]
}

function ensemblesOf({ id, experiment, ensembles }: ComparedRun): ComparedEnsemble[] {
  const all = conditions(experiment)
  const byLabel = new Map(
    all.map((condition) => [conditionLabel(experiment, condition), condition])
  )
  const only = all.length === 1 ? all[0] : undefined
  return ensembles.flatMap((ensemble) => {
    const condition = only ?? byLabel.get(ensemble.conditionLabel)
    if (!condition) return []
    return {
      runId: id,
      size: experiment.ensembleSize,
      configuration: ensembleCells(experiment, ensemble.width, condition),
      results: resultCells(ensemble)
    }
  })
}
