import { createHash } from 'node:crypto'
import { asc, and, eq, type InferSelectModel } from 'drizzle-orm'
import { z } from 'zod'
import type { DataTable, TableTargets } from '@shared/design/datasets/table'
import { preparationSchema, type Preparation } from '@shared/design/datasets/preparation'
import {
  originSchema,
  storedDatasetSchema,
  type DatasetOrigin,
  type StoredDataset
} from '@shared/protocol/datasets'
import { LabError } from '@shared/protocol/errors'
import { arrayFromRow, arrayRow } from './array-row'
import { canonicalJson } from './config-hash'
import { readJson, writeJson } from './json-column'
import type { Orm } from './orm'
import { datasetArrays, datasets } from './schema'
import { encodeArray, float64, int32, type StoredArray } from './stored-array'

export const namesSchema = z.array(z.string())
export const targetsSchema = storedDatasetSchema.shape.targets

/** Data about to be stored. */
export interface NewDataset {
  readonly name: string
  readonly table: DataTable
  readonly origin: DatasetOrigin
  readonly preparation: Preparation
}

/**
 * Stores data with their origin, in one transaction. The same contents are stored once: importing
 * them again leaves what is there.
 *
 * @returns what is stored now, and whether it was there before
 */
export function addDataset(
  orm: Orm,
  { name, table, origin, preparation }: NewDataset
): { dataset: StoredDataset; isNew: boolean } {
  const sha256 = contentsHash(table)
  const existing = findDataset(orm, sha256)
  if (existing) return { dataset: describe(existing), isNew: false }
  orm.transaction(
    (transaction) => {
      transaction
        .insert(datasets)
        .values({
          ...{ sha256, name, rows: table.inputs.rows },
          inputNames: writeJson(namesSchema, [...table.inputNames]),
          targets: writeJson(targetsSchema, targetsHeader(table)),
          origin: writeJson(originSchema, origin),
          preparation: writeJson(preparationSchema, preparation)
        })
        .run()
      for (const [array, content] of Object.entries(arraysOf(table))) {
        transaction
          .insert(datasetArrays)
          .values({ datasetSha256: sha256, ...arrayRow(array, content) })
          .run()
      }
    },
    { behavior: 'immediate' }
  )
  return { dataset: describe(requireDataset(orm, sha256)), isNew: true }
}

/** All stored data without their rows, oldest first. */
export function listDatasets(orm: Orm): StoredDataset[] {
  return orm.select().from(datasets).orderBy(asc(datasets.number)).all().map(describe)
}

/**
 * The rows of stored data.
 *
 * @throws {LabError} not-found; session-unusable when they are not those that were stored
 */
export function readDataset(orm: Orm, sha256: string): DataTable {
  const { inputNames, targets } = describe(requireDataset(orm, sha256))
  const inputs = readMatrix(readDatasetArray(orm, sha256, 'inputs'), sha256)
  const stored = readDatasetArray(orm, sha256, 'targets')
  if (targets.kind === 'numbers') {
    return { inputNames, inputs, targets: { ...targets, values: readMatrix(stored, sha256) } }
  }
  if (!(stored.data instanceof Int32Array)) throw unexpected(sha256)
  return { inputNames, inputs, targets: { ...targets, labels: stored.data } }
}

/** SHA-256 of names and numbers: equal for equal contents, wherever they came from. */
export function contentsHash(table: DataTable): string {
  const { inputs, targets } = arraysOf(table)
  const { inputNames } = table
  const header = { inputNames, targets: targetsHeader(table), shape: inputs.shape }
  return createHash('sha256')
    .update(canonicalJson(header))
    .update(encodeArray(inputs))
    .update(encodeArray(targets))
    .digest('hex')
}

function targetsHeader({ targets }: DataTable): StoredDataset['targets'] {
  return { kind: targets.kind, names: [...targets.names] }
}

function arraysOf({ inputs, targets }: DataTable): Record<'inputs' | 'targets', StoredArray> {
  return { inputs: float64(inputs.values, [inputs.rows, inputs.columns]), targets: stored(targets) }
}

function stored(targets: TableTargets): StoredArray {
  if (targets.kind === 'classes') return int32(targets.labels)
  const { values, rows, columns } = targets.values
  return float64(values, [rows, columns])
}

/** The numbers of stored data. @throws {LabError} session-unusable when they are not those that were stored */
export function readDatasetArray(
  orm: Orm,
  sha256: string,
  name: 'inputs' | 'targets'
): StoredArray {
  const ofDataset = and(eq(datasetArrays.datasetSha256, sha256), eq(datasetArrays.name, name))
  const row = orm.select().from(datasetArrays).where(ofDataset).get()
  if (!row) throw unexpected(sha256)
  const place = `${name} of data ${sha256.slice(0, 8)}`
  return arrayFromRow(row, place, 'import the data into a new session')
}

function readMatrix({ data, shape }: StoredArray, sha256: string): DataTable['inputs'] {
  const [rows, columns] = shape
  if (!(data instanceof Float64Array) || rows === undefined || columns === undefined) {
    throw unexpected(sha256)
  }
  return { values: data, rows, columns }
}

type DatasetRow = InferSelectModel<typeof datasets>

function findDataset(orm: Orm, sha256: string): DatasetRow | undefined {
  return orm.select().from(datasets).where(eq(datasets.sha256, sha256)).get()
}

function requireDataset(orm: Orm, sha256: string): DatasetRow {
  const row = findDataset(orm, sha256)
  if (row) return row
  throw new LabError(
    'not-found',
    `This session has no data ${sha256}: import them into it, or open the session that has them.`
  )
}

function describe({ sha256, name, rows, ...columns }: DatasetRow): StoredDataset {
  const place = (column: string): string => `${column} of data ${sha256.slice(0, 8)}`
  return {
    ...{ sha256, name, rows },
    inputNames: readJson(namesSchema, columns.inputNames, place('input names')),
    targets: readJson(targetsSchema, columns.targets, place('targets')),
    origin: readJson(originSchema, columns.origin, place('origin')),
    preparation: readJson(preparationSchema, columns.preparation, place('preparation'))
  }
}

function unexpected(sha256: string): LabError {
  return new LabError(
    'session-unusable',
    `The rows of data ${sha256.slice(0, 8)} are damaged. Open a copy from a backup, or import the data into a new session.`
  )
}
