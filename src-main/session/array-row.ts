import { createHash } from 'node:crypto'
import { z } from 'zod'
import { LabError } from '@shared/protocol/errors'
import { readJson, writeJson } from './json-column'
import { byteCount, decodeArray, encodeArray, type Dtype, type StoredArray } from './stored-array'

export const shapeSchema = z.array(z.int().min(0))

/** The columns in which a table holds an array. */
export interface ArrayRow {
  readonly name: string
  readonly dtype: Dtype
  readonly shape: string
  /** SHA-256 of data. */
  readonly checksum: Buffer
  /** Little-endian numbers, row-major. */
  readonly data: Buffer
}

/** An array as a table holds it. */
export function arrayRow(name: string, array: StoredArray): ArrayRow {
  const data = encodeArray(array)
  const shape = writeJson(shapeSchema, [...array.shape])
  return { name, dtype: array.dtype, shape, checksum: checksum(data), data }
}

/**
 * An array from its columns, its bits as they were stored.
 *
 * @param place what it is, and remedy what helps besides a backup, for messages
 * @throws {LabError} session-unusable when its bytes are not those that were written
 */
export function arrayFromRow(row: ArrayRow, place: string, remedy: string): StoredArray {
  const shape = readJson(shapeSchema, row.shape, `shape of ${place}`)
  const why = arrayDamage(row, shape)
  if (why === null) return decodeArray(row.data, row.dtype, shape)
  throw new LabError(
    'session-unusable',
    `The session's ${place} is damaged: ${why}. Open a copy from a backup, or ${remedy}.`
  )
}

/** Why an array's bytes are not those that were written; null where they are. */
export function arrayDamage(
  { dtype, checksum: stored, data }: Pick<ArrayRow, 'dtype' | 'checksum' | 'data'>,
  shape: readonly number[]
): string | null {
  const bytes = byteCount(dtype, shape)
  if (data.byteLength !== bytes) return `it has ${data.byteLength} bytes, not ${bytes}`
  return checksum(data).equals(stored) ? null : 'its checksum is wrong'
}

function checksum(data: Buffer): Buffer {
  return createHash('sha256').update(data).digest()
}
