import { and, asc, eq, type SQL } from 'drizzle-orm'
import { LabError } from '@shared/protocol/errors'
import { arrayFromRow, arrayRow, shapeSchema } from './array-row'
import { readJson } from './json-column'
import type { Orm } from './orm'
import { requireRun } from './require-run'
import { arrays, type ownerKinds } from './schema'
import { byteCount, type Dtype, type StoredArray } from './stored-array'

/** What an array belongs to: a run's prediction of one condition, one of its ensembles, or its checkpoint. */
export type OwnerKind = (typeof ownerKinds)[number]

/** Arrays by name. */
export type NamedArrays = Readonly<Record<string, StoredArray>>

/** An array without its numbers. */
export interface ArrayListing {
  readonly ownerKind: OwnerKind
  readonly ownerIndex: number
  readonly name: string
  readonly dtype: Dtype
  readonly shape: readonly number[]
  readonly bytes: number
}

/** Replaces all arrays of an owner; belongs into the transaction that writes the owner. */
export function replaceArrays(
  orm: Orm,
  runId: string,
  ownerKind: OwnerKind,
  ownerIndex: number,
  named: NamedArrays
): void {
  orm
    .delete(arrays)
    .where(ofOwner(runId, ownerKind, ownerIndex))
    .run()
  for (const [name, array] of Object.entries(named)) {
    orm
      .insert(arrays)
      .values({ runId, ownerKind, ownerIndex, ...arrayRow(name, array) })
      .run()
  }
}

/** A run's arrays in the order of owner and name, without reading their numbers. */
export function listArrays(orm: Orm, runId: string): ArrayListing[] {
  const rows = orm
    .select({
      ownerKind: arrays.ownerKind,
      ownerIndex: arrays.ownerIndex,
      name: arrays.name,
      dtype: arrays.dtype,
      shape: arrays.shape
    })
    .from(arrays)
    .where(eq(arrays.runId, runId))
    .orderBy(asc(arrays.ownerKind), asc(arrays.ownerIndex), asc(arrays.name))
    .all()
  if (rows.length === 0) requireRun(orm, runId)
  return rows.map(({ shape: text, ...row }) => {
    const place = describe(runId, row.ownerKind, row.ownerIndex, row.name)
    const shape = readJson(shapeSchema, text, `shape of ${place}`)
    return { ...row, shape, bytes: byteCount(row.dtype, shape) }
  })
}

/**
 * One array, its bits as they were stored.
 *
 * @throws {LabError} not-found; session-unusable when its bytes are not those that were written
 */
export function readArray(
  orm: Orm,
  runId: string,
  ownerKind: OwnerKind,
  ownerIndex: number,
  name: string
): StoredArray {
  const place = describe(runId, ownerKind, ownerIndex, name)
  const row = orm
    .select()
    .from(arrays)
    .where(and(ofOwner(runId, ownerKind, ownerIndex), eq(arrays.name, name)))
    .get()
  if (!row) {
    requireRun(orm, runId)
    throw new LabError('not-found', `This session has no ${place}.`)
  }
  return arrayFromRow(row, place, 'repeat the run')
}

/** All arrays of an owner, by name. */
export function readArrays(
  orm: Orm,
  runId: string,
  ownerKind: OwnerKind,
  ownerIndex: number
): NamedArrays {
  const names = orm
    .select({ name: arrays.name })
    .from(arrays)
    .where(ofOwner(runId, ownerKind, ownerIndex))
    .all()
  return Object.fromEntries(
    names.map(({ name }) => [name, readArray(orm, runId, ownerKind, ownerIndex, name)])
  )
}

function ofOwner(runId: string, ownerKind: OwnerKind, ownerIndex: number): SQL | undefined {
  return and(
    eq(arrays.runId, runId),
    eq(arrays.ownerKind, ownerKind),
    eq(arrays.ownerIndex, ownerIndex)
  )
}

function describe(runId: string, kind: OwnerKind, index: number, name: string): string {
  return `array ${name} of ${kind} ${index} of run ${runId}`
}
