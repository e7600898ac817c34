import chiSquaredCdf from '@stdlib/stats-base-dists-chisquare-cdf'
import { z } from 'zod'
import { LabError } from '../protocol/errors'
import { cellSchema, compareCells, type Cell } from './cell'
import { columnsLike, columnsNamed, columnsOf } from './columns-named'
import type { ComparedEnsemble } from './compared-ensembles'
import { configDifferences } from './config-differences'
import { meanInterval, meanIntervalSchema } from './mean-interval'
import { resultNames, type ResultColumn } from './result-cells'

/** Groups are over seeds unless asked otherwise. */
const SEED = 'seed'

/** Ensembles that have the same values of some parameters, and what they say together. */
export const ensembleGroupSchema = z.object({
  /** Of the parameters grouped by, in their order. */
  values: z.array(cellSchema),
  runIds: z.array(z.string()),
  ensembles: z.int(),
  /** Of all these ensembles. */
  networks: z.int(),
  /** Over ensembles, each counted once; null where none has the result. */
  statistics: z.record(z.enum(resultNames), meanIntervalSchema.nullable()),
  pooled: z.object({
    /** Mean loss over all networks; null where an ensemble has none. */
    loss: z.number().nullable(),
    /** Fisher's combination of the probabilities pMean; null where there is none. */
    pMean: z.number().min(0).max(1).nullable()
  })
})
export type EnsembleGroup = z.infer<typeof ensembleGroupSchema>

/** Ensembles grouped by parameters. */
export const groupedEnsemblesSchema = z.object({
  /** Paths of the parameters grouped by. */
  by: z.array(z.string()),
  groups: z.array(ensembleGroupSchema),
  /** Paths of parameters besides the seed in which ensembles of one group differ. */
  mixed: z.array(z.string())
})
export type GroupedEnsembles = z.infer<typeof groupedEnsemblesSchema>

/**
 * Groups ensembles by parameters and states every result's mean with its 95 % confidence interval over
 * the ensembles of a group, which are independent where they differ by their seed.
 *
 * @param by fields (see columnsNamed); null: all parameters in which the ensembles differ but the seed
 * @throws {LabError} 'invalid-request' for a field that no ensemble has
 */
export function groupEnsembles(
  ensembles: readonly ComparedEnsemble[],
  by: readonly string[] | null
): GroupedEnsembles {
  const paths = by === null ? differingPaths(ensembles) : namedPaths(ensembles, by)
  const byValues = new Map<string, { values: Cell[]; members: ComparedEnsemble[] }>()
  for (const ensemble of ensembles) {
    const values = paths.map((path): Cell => ensemble.configuration[path] ?? null)
    const key = JSON.stringify(values)
    const group = byValues.get(key) ?? { values, members: [] }
    group.members.push(ensemble)
    byValues.set(key, group)
  }
  const groups = [...byValues.values()].sort((a, b) => compareLists(a.values, b.values))
  const mixed = groups.flatMap(({ members }) => differingPaths(members))
  return {
    by: paths,
    groups: groups.map(({ values, members }) => describeGroup(values, members)),
    mixed: [...new Set(mixed)]
  }
}

function differingPaths(ensembles: readonly ComparedEnsemble[]): string[] {
  return configDifferences(ensembles.map(({ configuration }) => configuration))
    .map(({ path }) => path)
    .filter((path) => path !== SEED)
}

function namedPaths(ensembles: readonly ComparedEnsemble[], by: readonly string[]): string[] {
  const columns = columnsOf(ensembles.map(({ configuration }) => configuration))
  if (columns.length === 0) return [...by]
  const paths = by.flatMap((field) => {
    const named = columnsNamed(field, columns)
    if (named.length > 0) return named
    const known = columnsLike(field, columns)
    throw new LabError(
      'invalid-request',
      `Cannot group by ${field}, which no ensemble has: there are ${known}.`
    )
  })
  return [...new Set(paths)]
}

function describeGroup(values: Cell[], members: readonly ComparedEnsemble[]): EnsembleGroup {
  const valuesOf = (name: ResultColumn): number[] =>
    members.flatMap(({ results }) => results[name] ?? [])
  const statistics = resultNames.map((name) => [name, meanInterval(valuesOf(name))] as const)
  return {
    values,
    runIds: [...new Set(members.map(({ runId }) => runId))],
    ensembles: members.length,
    networks: members.reduce((total, { size }) => total + size, 0),
    statistics: Object.fromEntries(statistics) as EnsembleGroup['statistics'],
    pooled: { loss: pooledLoss(members), pMean: combinedProbability(valuesOf('pMean')) }
  }
}

function pooledLoss(members: readonly ComparedEnsemble[]): number | null {
  let total = 0
  let networks = 0
  for (const { size, results } of members) {
    if (results.finalLoss === null) return null
    total += size * results.finalLoss
    networks += size
  }
  return total / networks
}

/**
 * The probability of results at least as unlikely, all taken together: −2 Σ ln p is χ² with 2n degrees
 * of freedom for n independent tests (Fisher, Statistical Methods for Research Workers, 1932). null
 * for none.
 */
export function combinedProbability(probabilities: readonly number[]): number | null {
  if (probabilities.length === 0) return null
  const statistic = probabilities.reduce((total, p) => total - 2 * Math.log(p), 0)
  return 1 - chiSquaredCdf(statistic, 2 * probabilities.length)
}

function compareLists(a: readonly Cell[], b: readonly Cell[]): number {
  for (const [i, cell] of a.entries()) {
    const order = compareCells(cell, b[i] ?? null)
    if (order !== 0) return order
  }
  return 0
}
