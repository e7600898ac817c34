import { and, asc, eq, type InferSelectModel } from 'drizzle-orm'
import { LabError } from '@shared/protocol/errors'
import { agreementSchema, type Agreement, type EnsembleSummary } from '@shared/protocol/results'
import { replaceArrays, type NamedArrays } from './arrays'
import { deleteCheckpoint } from './checkpoints'
import { readJson, writeJson } from './json-column'
import type { Orm } from './orm'
import { requireRun } from './require-run'
import { ensembles } from './schema'

/** One trained ensemble of a run, apart from arrays. */
export interface Ensemble {
  /** Its place in the run. */
  readonly index: number
  readonly width: number
  readonly conditionIndex: number
  /** How figures call the condition; empty where nothing is swept. */
  readonly label: string
  /** Mean loss over members at the last recorded step. */
  readonly finalLoss: number | null
  /** At the last recorded step. */
  readonly agreement: Agreement | null
  readonly wallTimeMs: number | null
  /** Wall time of the training steps alone, and their floating point operations. */
  readonly trainingMs: number | null
  readonly flops: number | null
}

/**
 * Replaces an ensemble and all its arrays, in one transaction; the run's checkpoint, which was on the
 * way to this ensemble, goes with it.
 */
export function addEnsemble(
  orm: Orm,
  runId: string,
  ensemble: Ensemble,
  arrays: NamedArrays
): void {
  const { index, width, conditionIndex, label, finalLoss, wallTimeMs, trainingMs, flops } = ensemble
  const agreement = ensemble.agreement && writeJson(agreementSchema, ensemble.agreement)
  const values = {
    ...{ runId, index, width, conditionIndex, label },
    ...{ finalLoss, agreement, wallTimeMs, trainingMs, flops }
  }
  orm.transaction(
    (transaction) => {
      requireRun(transaction, runId)
      transaction
        .insert(ensembles)
        .values(values)
        .onConflictDoUpdate({ target: [ensembles.runId, ensembles.index], set: values })
        .run()
      replaceArrays(transaction, runId, 'ensemble', index, arrays)
      deleteCheckpoint(transaction, runId)
    },
    { behavior: 'immediate' }
  )
}

/** @throws {LabError} not-found */
export function readEnsemble(orm: Orm, runId: string, index: number): Ensemble {
  const row = orm
    .select()
    .from(ensembles)
    .where(and(eq(ensembles.runId, runId), eq(ensembles.index, index)))
    .get()
  if (!row) {
    requireRun(orm, runId)
    throw new LabError('not-found', `Run ${runId} has no ensemble ${index}.`)
  }
  const { width, conditionIndex, label, finalLoss, wallTimeMs, trainingMs, flops } = row
  const cost = { wallTimeMs, trainingMs, flops }
  return { index, width, conditionIndex, label, finalLoss, agreement: agreementOf(row), ...cost }
}

/** A run's ensembles in their order. */
export function listEnsembles(orm: Orm, runId: string): EnsembleSummary[] {
  const ofRun = eq(ensembles.runId, runId)
  return orm.select().from(ensembles).where(ofRun).orderBy(asc(ensembles.index)).all().map(summary)
}

/** The ensembles of every run that has any, in their order, by the run's id. */
export function ensemblesByRun(orm: Orm): Map<string, EnsembleSummary[]> {
  const byRun = new Map<string, EnsembleSummary[]>()
  const rows = orm
    .select()
    .from(ensembles)
    .orderBy(asc(ensembles.runId), asc(ensembles.index))
    .all()
  for (const row of rows) {
    const ofRun = byRun.get(row.runId) ?? []
    ofRun.push(summary(row))
    byRun.set(row.runId, ofRun)
  }
  return byRun
}

type EnsembleRow = InferSelectModel<typeof ensembles>

function summary(row: EnsembleRow): EnsembleSummary {
  const { index, width, label, finalLoss, trainingMs, flops } = row
  const agreement = agreementOf(row)
  return { index, width, conditionLabel: label, agreement, finalLoss, trainingMs, flops }
}

function agreementOf({ runId, index, agreement }: EnsembleRow): Agreement | null {
  if (agreement === null) return null
  return readJson(agreementSchema, agreement, `agreement of ensemble ${index} of run ${runId}`)
}
