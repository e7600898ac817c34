import { z } from 'zod'
import { comparedEnsembles, type ComparedRun } from './compared-ensembles'
import { configCells } from './config-cells'
import { configDifferences, configDifferenceSchema } from './config-differences'
import { groupedEnsemblesSchema, groupEnsembles } from './group-ensembles'

/** Several runs held against one another. */
export const runComparisonSchema = z.object({
  /** In the order in which they were asked for; `differences` have their values in this order. */
  runs: z.array(z.object({ runId: z.string(), name: z.string() })),
  /** Only what differs between the runs' configurations. */
  differences: z.array(configDifferenceSchema),
  grouped: groupedEnsemblesSchema
})
export type RunComparison = z.infer<typeof runComparisonSchema>

/**
 * What differs between runs' configurations, and their results grouped by parameters.
 *
 * @param by see groupEnsembles
 * @throws {LabError} 'invalid-request' for a parameter that no run has
 */
export function compareRuns(
  runs: readonly (ComparedRun & { readonly name: string })[],
  by: readonly string[] | null
): RunComparison {
  return {
    runs: runs.map(({ id, name }) => ({ runId: id, name })),
    differences: configDifferences(runs.map(({ experiment }) => configCells(experiment))),
    grouped: groupEnsembles(comparedEnsembles(runs), by)
  }
}
