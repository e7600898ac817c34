import { createHash } from 'node:crypto'
import { and, asc, eq, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import { LabError } from '@shared/protocol/errors'
import { readJson, writeJson } from './json-column'
import type { Orm } from './orm'
import { requireRun } from './require-run'
import { arrays, type ownerKinds } from './schema'
import { byteCount, decodeArray, encodeArray, type Dtype, type StoredArray } from './stored-array'

/** What an array belongs to: a run's prediction of one condition, or one of its ensembles. */
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

const shapeSchema = z.array(z.int().min(0))

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
    const data = encodeArray(array)
    orm
      .insert(arrays)
      .values({
        runId,
        ownerKind,
        ownerIndex,
        name,
        dtype: array.dtype,
        shape: writeJson(shapeSchema, [...array.shape]),
        checksum: checksum(data),
        data
      })
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
  const shape = readJson(shapeSchema, row.shape, `shape of ${place}`)
  if (row.data.byteLength !== byteCount(row.dtype, shape)) {
    throw damagedArray(
      place,
      `it has ${row.data.byteLength} bytes, not ${byteCount(row.dtype, shape)}`
    )
  }
  if (!checksum(row.data).equals(row.checksum)) throw damagedArray(place, 'its checksum is wrong')
  return decodeArray(row.data, row.dtype, shape)
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

function damagedArray(place: string, why: string): LabError {
  return new LabError(
    'session-unusable',
    `The session's ${place} is damaged: ${why}. Open a copy from a backup, or repeat the run.`
  )
}

function checksum(data: Buffer): Buffer {
  return createHash('sha256').update(data).digest()
}
