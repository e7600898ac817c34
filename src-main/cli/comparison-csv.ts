import { cellText, type Cell } from '@shared/comparison/cell'
import type { RunComparison } from '@shared/comparison/compare-runs'
import { resultNames } from '@shared/comparison/result-cells'
import { csvBytes } from '../files/csv'

type Value = string | number | boolean | null

/** How configurations differ as CSV: one row a path, one column a run. */
export function differencesCsv({ runs, differences }: RunComparison): Generator<Uint8Array> {
  return csvBytes(
    ['path', ...runs.map(({ runId }) => runId)],
    differences.map(({ path, values }) => [path, ...values.map(csvValue)])
  )
}

/** Grouped results as CSV: one row a group, every result's count, mean and 95 % interval. */
export function groupsCsv({ grouped }: RunComparison): Generator<Uint8Array> {
  const ofResult = (name: string): string[] =>
    ['count', 'mean', 'low', 'high'].map((part) => `${name}_${part}`)
  return csvBytes(
    [
      ...grouped.by,
      'ensembles',
      'networks',
      ...resultNames.flatMap(ofResult),
      'finalLoss_pooled',
      'pMean_combined'
    ],
    grouped.groups.map(({ values, ensembles, networks, statistics, pooled }) => [
      ...values.map(csvValue),
      ensembles,
      networks,
      ...resultNames.flatMap((name) => {
        const { count, mean, interval } = statistics[name] ?? {
          count: 0,
          mean: null,
          interval: null
        }
        return [count, mean, interval?.[0] ?? null, interval?.[1] ?? null]
      }),
      pooled.loss,
      pooled.pMean
    ])
  )
}

function csvValue(cell: Cell): Value {
  return Array.isArray(cell) ? cellText(cell) : cell
}
