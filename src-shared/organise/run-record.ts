import { z } from 'zod'
import { configCells } from '../comparison/config-cells'
import { resultCells, resultNames } from '../comparison/result-cells'
import type { RecordedRun } from '../protocol/results'
import { cellsSchema, type Cell, type Cells } from '../comparison/cell'

/** A run as one row of a table, for lists, searches and comparisons. */
export const runRecordSchema = z.object({ runId: z.string(), cells: cellsSchema })
export type RunRecord = z.infer<typeof runRecordSchema>

/** The columns of every run besides its configuration and results, with what they hold. */
export const runColumns = {
  id: 'id',
  name: 'name',
  status: 'status',
  tags: 'tags',
  group: 'group',
  note: 'note',
  archived: 'archived',
  created: 'when it was queued',
  started: 'when its computation last began',
  finished: 'when it ended',
  seconds: 'wall time of its computation in seconds',
  stepSize: 'η of the loss ½ Σ',
  configHash: 'of its configuration',
  device: 'what computed it',
  appVersion: 'the application that computed it',
  tensorflowVersion: 'the TensorFlow that computed it'
} as const

/** A run as a row: its labels, circumstances, configuration and results, one value or list a column. */
export function runRecord(run: RecordedRun): RunRecord {
  const { environment } = run
  const circumstances: Record<keyof typeof runColumns, Cell> = {
    id: run.id,
    name: run.name,
    status: run.status,
    tags: run.tags,
    group: run.group,
    note: run.note,
    archived: run.archived,
    created: run.createdAt,
    started: run.startedAt,
    finished: run.finishedAt,
    seconds: run.wallTimeMs === null ? null : run.wallTimeMs / 1000,
    stepSize: run.stepSize,
    configHash: run.configHash,
    device: environment && environment.device,
    appVersion: environment && environment.appVersion,
    tensorflowVersion: environment && environment.tensorflowVersion
  }
  return {
    runId: run.id,
    cells: { ...circumstances, ...configCells(run.experiment), ...ensembleResults(run) }
  }
}

/** The results of a run's ensembles, one entry an ensemble; a single one stands for itself. */
function ensembleResults({ ensembles }: RecordedRun): Cells {
  if (ensembles.length === 0) return {}
  const rows = ensembles.map(resultCells)
  return Object.fromEntries(
    resultNames.map((name) => {
      const values = rows.map((row) => row[name])
      return [name, values.length === 1 ? (values[0] ?? null) : values]
    })
  )
}
