import { cellText } from '@shared/comparison/cell'
import { comparedEnsembles } from '@shared/comparison/compared-ensembles'
import { ensembleCells } from '@shared/comparison/config-cells'
import { configDifferences } from '@shared/comparison/config-differences'
import { groupEnsembles } from '@shared/comparison/group-ensembles'
import { meanInterval } from '@shared/comparison/mean-interval'
import { fitPowerLaw } from '@shared/comparison/power-law'
import type { SourceOf } from '@shared/figures/figure-source'
import type {
  PooledErrors,
  PooledKernelErrorView
} from '@shared/figures/pooled-kernel-error-figure'
import type { ResultsView } from '@shared/figures/results-figure'
import { LabError } from '@shared/protocol/errors'
import type { Session } from '../../session/session'
import { kernelErrorView } from './kernel-views'
import type { RunReader } from './run-reader'

/**
 * A result of several runs' ensembles against a parameter, over seeds.
 *
 * @throws {LabError} 'invalid-request' for a parameter that no ensemble has, or that names several
 */
export function resultsView(session: Session, source: SourceOf<'results'>): ResultsView {
  const { runIds, across, by, result } = source
  const runs = runIds.map((id) => session.showRun(id))
  const grouped = groupEnsembles(comparedEnsembles(runs), by === null ? [across] : [across, by])
  const [first, ...others] = grouped.by
  if (first === undefined || others.length > 1) {
    throw new LabError(
      'invalid-request',
      `${across}${by === null ? '' : ` and ${by}`} stand for several parameters: ` +
        `${grouped.by.join(', ')}. Name one each.`
    )
  }
  return {
    across: first,
    by: others[0] ?? null,
    result,
    groups: grouped.groups.map(({ values, statistics }) => ({
      across: values[0] ?? null,
      series: values[1] ?? null,
      statistics: statistics[result]
    })),
    mixed: grouped.mixed,
    runs: runs.length
  }
}

/** What widths and sizes of ensembles have no part in. */
const pooledOver: ReadonlySet<string> = new Set([
  ...['width', 'seed', 'ensembleSize', 'recordCount', 'empiricalKernels.members']
])

interface RecordedErrors {
  readonly configuration: ReturnType<typeof ensembleCells>
  readonly widths: Float64Array
  /** One row a network, one entry a width. */
  readonly perNetwork: readonly Float64Array[]
}

/**
 * Kernel errors of several runs against the width, one series for every configuration.
 *
 * @throws {LabError} 'invalid-request' where none of the runs has them
 */
export function pooledKernelErrorView(all: readonly RunReader[]): PooledKernelErrorView {
  const readers = all.filter(
    ({ run, predicted }) => predicted && run.experiment.empiricalKernels.at !== 'none'
  )
  if (readers.length === 0) {
    throw new LabError(
      'invalid-request',
      'none of these runs recorded the kernels of its networks (empiricalKernels) beside a prediction'
    )
  }
  const views = readers.map((reader) => ({ reader, panels: kernelErrorView(reader).panels }))
  const ends = Math.max(0, ...views.flatMap(({ panels }) => panels.map(({ column }) => column + 1)))
  return {
    runs: readers.length,
    kernelName: readers[0]?.kernelName ?? '',
    panels: Array.from({ length: ends }, (_, end) => ({
      title: end === 0 ? 'before training' : 'after training',
      series: pooled(
        views.flatMap(({ reader, panels }) =>
          panels
            .filter(({ column }) => column === end)
            .flatMap(({ row, widths, perNetwork }): RecordedErrors[] => {
              const condition = reader.conditions[row]
              if (!condition) return []
              const cells = ensembleCells(reader.run.experiment, 0, condition)
              const kept = Object.entries(cells).filter(([path]) => !pooledOver.has(path))
              return [{ configuration: Object.fromEntries(kept), widths, perNetwork }]
            })
        )
      )
    }))
  }
}

function pooled(all: readonly RecordedErrors[]): PooledErrors[] {
  const differing = configDifferences(all.map(({ configuration }) => configuration))
  const names = all.map((_, i) =>
    differing.map(({ path, values }) => `${path} = ${cellText(values[i])}`).join(', ')
  )
  return [...new Set(names)].map((name) => {
    const points = all
      .filter((_, i) => names[i] === name)
      .flatMap(({ widths, perNetwork }) =>
        perNetwork.flatMap((errors) =>
          [...errors].map((value, i) => ({ width: widths[i] ?? NaN, value }))
        )
      )
      .filter(({ value }) => Number.isFinite(value))
    const widths = [...new Set(points.map(({ width }) => width))].sort((a, b) => a - b)
    return {
      name: name === '' ? 'networks' : name,
      widths: Float64Array.from(widths),
      errors: widths.map((width) =>
        meanInterval(points.filter((one) => one.width === width).map(({ value }) => value))
      ),
      fit: fitPowerLaw(points)
    }
  })
}
