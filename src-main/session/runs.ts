import { and, count, desc, eq, inArray, notInArray, or, type InferSelectModel } from 'drizzle-orm'
import { z } from 'zod'
import { experimentSchema, type Experiment } from '@shared/design/experiment'
import {
  engineReportSchema,
  type EngineReport,
  type EnsembleSummary,
  type RecordedRun,
  type RunDetail,
  type RunStatus,
  type RunSummary
} from '@shared/protocol/results'
import { configHash } from './config-hash'
import { ensemblesByRun, listEnsembles } from './ensembles'
import { readJson, writeJson } from './json-column'
import type { Orm } from './orm'
import { requireRun, unknownRun } from './require-run'
import { labelColumns, listTags, tagsByRun } from './run-labels'
import { queueEntries, runs } from './schema'
import { readSteps } from './steps'

export const warningsSchema = z.array(z.string())
/** Keys that a later version adds to reports are kept. */
export const environmentSchema = z.looseObject(engineReportSchema.shape)

/** A run about to be queued. */
export interface NewRun {
  /** A UUID. */
  readonly id: string
  readonly name: string
  /** Left out: none. */
  readonly group?: string | null
  readonly experiment: Experiment
  readonly seed: number
  /** ISO 8601, UTC. */
  readonly createdAt: string
  /** η of the loss ½ Σ. */
  readonly stepSize: number
  readonly warnings: readonly string[]
}

/** What changes in a run while it is computed; keys left out stay as they are. */
export interface RunChanges {
  readonly status?: RunStatus
  /** ISO 8601, UTC. */
  readonly startedAt?: string
  readonly finishedAt?: string
  readonly wallTimeMs?: number
  readonly environment?: EngineReport
  readonly problem?: string | null
  readonly warnings?: readonly string[]
}

/** Deleted runs are in the file until the session is closed; nobody sees them. */
const isThere = eq(runs.deleted, false)

export function addRun(orm: Orm, { group = null, ...run }: NewRun): void {
  orm
    .insert(runs)
    .values({
      ...run,
      groupName: group,
      status: 'queued',
      experiment: writeJson(experimentSchema, run.experiment),
      configHash: configHash(run.experiment),
      warnings: writeJson(warningsSchema, [...run.warnings])
    })
    .run()
}

export function updateRun(orm: Orm, id: string, changes: RunChanges): void {
  const { environment, warnings, ...columns } = changes
  const set = {
    ...columns,
    ...(warnings && { warnings: writeJson(warningsSchema, [...warnings]) }),
    ...(environment && { environment: writeJson(environmentSchema, environment) })
  }
  if (Object.keys(set).length === 0) {
    requireRun(orm, id)
  } else if (orm.update(runs).set(set).where(eq(runs.id, id)).run().changes === 0) {
    throw unknownRun(id)
  }
}

/**
 * Runs that a process left behind when it ended become 'interrupted': those that it computed, and those
 * that wait in no queue. Returns how many.
 */
export function markInterrupted(orm: Orm): number {
  const waiting = orm.select({ id: queueEntries.runId }).from(queueEntries)
  const isLeft = or(
    eq(runs.status, 'running'),
    and(eq(runs.status, 'queued'), notInArray(runs.id, waiting))
  )
  return orm.update(runs).set({ status: 'interrupted' }).where(isLeft).run().changes
}

/** The newest run of this experiment that ended as one of these; null where there is none. */
export function findRun(
  orm: Orm,
  experiment: Experiment,
  statuses: readonly RunStatus[]
): string | null {
  const found = orm
    .select({ id: runs.id })
    .from(runs)
    .where(
      and(eq(runs.configHash, configHash(experiment)), inArray(runs.status, [...statuses]), isThere)
    )
    .orderBy(desc(runs.number))
    .limit(1)
    .get()
  return found?.id ?? null
}

export function countRuns(orm: Orm): number {
  return orm.select({ runs: count() }).from(runs).where(isThere).get()?.runs ?? 0
}

const summaryColumns = {
  id: runs.id,
  ...labelColumns,
  status: runs.status,
  seed: runs.seed,
  createdAt: runs.createdAt,
  finishedAt: runs.finishedAt,
  wallTimeMs: runs.wallTimeMs,
  problem: runs.problem
}

/** All runs, newest first: three queries however many there are. */
export function listRuns(orm: Orm): RunSummary[] {
  const ensembles = ensemblesByRun(orm)
  const tags = tagsByRun(orm)
  return orm
    .select(summaryColumns)
    .from(runs)
    .where(isThere)
    .orderBy(desc(runs.number))
    .all()
    .map((run) => ({
      ...run,
      tags: tags.get(run.id) ?? [],
      ensembles: ensembles.get(run.id) ?? []
    }))
}

const recordedColumns = {
  ...summaryColumns,
  experiment: runs.experiment,
  environment: runs.environment,
  startedAt: runs.startedAt,
  configHash: runs.configHash,
  stepSize: runs.stepSize,
  warnings: runs.warnings
}

/** All that is known of runs apart from arrays, newest first: three queries however many there are. */
export function listRecordedRuns(orm: Orm): RecordedRun[] {
  const ensembles = ensemblesByRun(orm)
  const tags = tagsByRun(orm)
  const rows = orm
    .select(recordedColumns)
    .from(runs)
    .where(isThere)
    .orderBy(desc(runs.number))
    .all()
  return rows.map((row) => recordedRun(row, tags.get(row.id) ?? [], ensembles.get(row.id) ?? []))
}

/**
 * All that is known of a run apart from arrays.
 *
 * @throws {LabError} not-found
 */
export function readRecordedRun(orm: Orm, id: string): RecordedRun {
  const isWanted = and(eq(runs.id, id), isThere)
  const row = orm.select(recordedColumns).from(runs).where(isWanted).get()
  if (!row) throw unknownRun(id)
  return recordedRun(row, listTags(orm, id), listEnsembles(orm, id))
}

export function showRun(orm: Orm, id: string): RunDetail {
  return { ...readRecordedRun(orm, id), recordedSteps: readSteps(orm, id) }
}

type RecordedRow = Pick<
  InferSelectModel<typeof runs>,
  Exclude<keyof typeof recordedColumns, 'group'>
> & {
  readonly group: string | null
}

function recordedRun(row: RecordedRow, tags: string[], ensembles: EnsembleSummary[]): RecordedRun {
  const { experiment, environment, warnings, ...columns } = row
  const place = (column: string): string => `${column} of run ${row.id}`
  return {
    ...columns,
    ...{ tags, ensembles },
    experiment: readJson(experimentSchema, experiment, place('experiment')),
    environment:
      environment === null ? null : readJson(environmentSchema, environment, place('environment')),
    warnings: readJson(warningsSchema, warnings, place('warnings'))
  }
}
