import type { RunSummary } from '@shared/protocol/results'
import { writeTable } from './output'

/**
 * Writes runs as a table, a row a run.
 *
 * @param columns names of further columns
 * @param cells theirs, a row a run
 */
export function writeRunTable(
  runs: readonly RunSummary[],
  columns: readonly string[] = [],
  cells: readonly (readonly string[])[] = []
): void {
  writeTable(
    ['run', 'created', 'status', 'seed', 'ensembles', 'rms z', ...columns, 'tags', 'name'],
    runs.map((run, i) => [
      run.id.slice(0, 8),
      run.createdAt.slice(0, 19).replace('T', ' '),
      run.archived ? `${run.status}, archived` : run.status,
      String(run.seed),
      String(run.ensembles.length),
      run.ensembles.map(({ agreement }) => agreement?.rmsZ.toFixed(2) ?? '–').join(' '),
      ...(cells[i] ?? []),
      [...(run.group === null ? [] : [`[${run.group}]`]), ...run.tags].join(' '),
      run.name
    ])
  )
}
