import { cellText } from '@shared/comparison/cell'
import type { RunComparison } from '@shared/comparison/compare-runs'
import type { MeanInterval } from '@shared/comparison/mean-interval'
import type { ResultColumn } from '@shared/comparison/result-cells'
import { writeLines, writeTable } from './output'

/** Writes how configurations differ, for people. */
export function writeDifferences({ runs, differences }: RunComparison): void {
  if (differences.length === 0) {
    writeLines(runs.length === 1 ? 'one run: nothing to differ' : 'the configurations are equal')
    return
  }
  writeTable(
    ['differs', ...runs.map(({ runId }) => runId.slice(0, 8))],
    differences.map(({ path, values }) => [path, ...values.map((value) => cellText(value))])
  )
}

/** Writes some results of every group as mean ± half-width of the interval, for people. */
export function writeGroups({ grouped }: RunComparison, results: readonly ResultColumn[]): void {
  writeLines('')
  if (grouped.groups.length === 0) {
    writeLines('none of these runs has results yet')
    return
  }
  writeTable(
    [...grouped.by, 'ensembles', 'networks', ...results],
    grouped.groups.map(({ values, ensembles, networks, statistics }) => [
      ...values.map((value) => cellText(value)),
      String(ensembles),
      String(networks),
      ...results.map((name) => intervalText(statistics[name]))
    ])
  )
  if (grouped.mixed.length > 0) {
    writeLines('', `Ensembles of one group also differ in ${grouped.mixed.join(', ')}.`)
  }
}

function intervalText(statistics: MeanInterval | null): string {
  if (!statistics) return '–'
  const { mean, interval } = statistics
  const reach = interval ? ` ± ${((interval[1] - interval[0]) / 2).toPrecision(2)}` : ''
  return `${mean.toPrecision(4)}${reach}`
}
