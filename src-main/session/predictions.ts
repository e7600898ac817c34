import { and, eq } from 'drizzle-orm'
import {
  predictionDiagnosticsSchema,
  type PredictionDiagnostics
} from '@shared/protocol/diagnostics'
import { LabError } from '@shared/protocol/errors'
import { replaceArrays, type NamedArrays } from './arrays'
import { readJson, writeJson } from './json-column'
import type { Orm } from './orm'
import { requireRun } from './require-run'
import { predictions } from './schema'

/** What theory predicts for one condition of a run, apart from arrays. */
export interface Prediction {
  readonly conditionIndex: number
  /** How figures call the condition; empty where nothing is swept. */
  readonly label: string
  /** null where nothing is swept. */
  readonly sweepValue: number | null
  readonly diagnostics: PredictionDiagnostics
}

/** Replaces a condition's prediction and all its arrays, in one transaction. */
export function addPrediction(
  orm: Orm,
  runId: string,
  prediction: Prediction,
  arrays: NamedArrays
): void {
  const { conditionIndex, label, sweepValue } = prediction
  const diagnostics = writeJson(predictionDiagnosticsSchema, prediction.diagnostics)
  const values = { runId, conditionIndex, label, sweepValue, diagnostics }
  orm.transaction(
    (transaction) => {
      requireRun(transaction, runId)
      transaction
        .insert(predictions)
        .values(values)
        .onConflictDoUpdate({
          target: [predictions.runId, predictions.conditionIndex],
          set: values
        })
        .run()
      replaceArrays(transaction, runId, 'prediction', conditionIndex, arrays)
    },
    { behavior: 'immediate' }
  )
}

/** @throws {LabError} not-found */
export function readPrediction(orm: Orm, runId: string, conditionIndex: number): Prediction {
  const row = orm
    .select()
    .from(predictions)
    .where(and(eq(predictions.runId, runId), eq(predictions.conditionIndex, conditionIndex)))
    .get()
  if (!row) {
    requireRun(orm, runId)
    throw new LabError(
      'not-found',
      `Run ${runId} has no prediction of condition ${conditionIndex}.`
    )
  }
  const place = `diagnostics of prediction ${conditionIndex} of run ${runId}`
  return {
    conditionIndex,
    label: row.label,
    sweepValue: row.sweepValue,
    diagnostics: readJson(predictionDiagnosticsSchema, row.diagnostics, place)
  }
}
