import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { readArrays, replaceArrays, type NamedArrays } from './arrays'
import { readJson, writeJson } from './json-column'
import type { Orm } from './orm'
import { requireRun } from './require-run'
import { arrays, checkpoints } from './schema'

/** Where in an ensemble a checkpoint stands; its arrays hold the exact state there. */
export const checkpointPositionSchema = z.object({
  membersDone: z.int().min(0),
  blockMembers: z.int().min(1),
  recordsDone: z.int().min(0),
  /** Steps that the block in training has done; null between two blocks. */
  step: z.int().min(0).nullable(),
  /** What training the ensemble took so far. */
  trainingMs: z.number(),
  flops: z.number()
})

/** What a run resumes from, apart from arrays: a run has one at most, the newest. */
export interface Checkpoint {
  readonly ensembleIndex: number
  /** ISO 8601, UTC. */
  readonly savedAt: string
  readonly position: z.infer<typeof checkpointPositionSchema>
}

/** A run's only checkpoint is at this index among the owners of arrays. */
const OWNER_INDEX = 0

/** Replaces a run's checkpoint and all its arrays, in one transaction. */
export function saveCheckpoint(
  orm: Orm,
  runId: string,
  { ensembleIndex, savedAt, position }: Checkpoint,
  named: NamedArrays
): void {
  const values = {
    ...{ runId, ensembleIndex, savedAt },
    position: writeJson(checkpointPositionSchema, position)
  }
  orm.transaction(
    (transaction) => {
      requireRun(transaction, runId)
      transaction
        .insert(checkpoints)
        .values(values)
        .onConflictDoUpdate({ target: checkpoints.runId, set: values })
        .run()
      replaceArrays(transaction, runId, 'checkpoint', OWNER_INDEX, named)
    },
    { behavior: 'immediate' }
  )
}

/** What a run resumes from; null where it starts from the beginning of an ensemble. */
export function readCheckpoint(
  orm: Orm,
  runId: string
): { checkpoint: Checkpoint; arrays: NamedArrays } | null {
  const row = orm.select().from(checkpoints).where(eq(checkpoints.runId, runId)).get()
  if (!row) return null
  const { ensembleIndex, savedAt } = row
  const place = `checkpoint of run ${runId}`
  const position = readJson(checkpointPositionSchema, row.position, place)
  return {
    checkpoint: { ensembleIndex, savedAt, position },
    arrays: readArrays(orm, runId, 'checkpoint', OWNER_INDEX)
  }
}

/** Removes a run's checkpoint. */
export function discardCheckpoint(orm: Orm, runId: string): void {
  orm.transaction(
    (transaction) => {
      deleteCheckpoint(transaction, runId)
    },
    { behavior: 'immediate' }
  )
}

/** Removes a run's checkpoint; belongs into the transaction that makes it needless. */
export function deleteCheckpoint(orm: Orm, runId: string): void {
  orm.delete(checkpoints).where(eq(checkpoints.runId, runId)).run()
  orm
    .delete(arrays)
    .where(and(eq(arrays.runId, runId), eq(arrays.ownerKind, 'checkpoint')))
    .run()
}
