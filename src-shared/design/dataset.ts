import { z } from 'zod'
import { LabError } from '../protocol/errors'
import { finiteNumber } from './parameters'
import { sampleWithoutReplacement } from '../random/sampling'

const row = z.array(finiteNumber).min(1)

/** Where the data of an experiment come from. */
export const datasetSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('circle'),
    /** Training angles: evenly spaced, or drawn without replacement from the test angles. */
    trainFrom: z.enum(['grid', 'test']),
    trainCount: z.int().min(1).max(5000),
    testCount: z.int().min(1).max(5000),
    /** Draws the training angles where trainFrom is 'test'. */
    seed: z.int().min(0).max(0xffffffff).default(0)
  }),
  z.strictObject({
    kind: z.literal('inline'),
    trainInputs: z.array(row).min(1),
    trainTargets: z.array(row).min(1),
    testInputs: z.array(row).min(1),
    testTargets: z.array(row).optional()
  })
])
export type DatasetSpec = z.infer<typeof datasetSchema>

/** Rows of equal length, row-major, in float64. */
export interface Matrix {
  readonly values: Float64Array
  readonly rows: number
  readonly columns: number
}

/** One number per point to plot results against. */
export interface Coordinate {
  readonly label: string
  readonly unit: string
  readonly train: Float64Array
  readonly test: Float64Array
}

/** Data ready to be used: inputs N×d, targets N×k. */
export interface Dataset {
  readonly trainInputs: Matrix
  readonly trainTargets: Matrix
  readonly testInputs: Matrix
  /** The target function at the test points, where it is known. */
  readonly testTargets: Matrix | null
  readonly coordinate: Coordinate
}

/**
 * Makes the data that a specification describes; the same specification gives the same data.
 *
 * @throws {LabError} 'invalid-request' when rows differ in length or numbers of rows do not match
 */
export function makeDataset(spec: DatasetSpec): Dataset {
  switch (spec.kind) {
    case 'circle':
      return circleDataset(spec)
    case 'inline':
      return inlineDataset(spec)
  }
}

/** The paper's target on the unit circle: 4x₀x₁² − 0.8x₀³ + 1.2x₁² − 0.8x₀²x₁ at (sin θ, cos θ). */
export function circleTarget(angle: number): number {
  const x0 = Math.sin(angle)
  const x1 = Math.cos(angle)
  return 4 * x0 * x1 * x1 - 0.8 * x0 ** 3 + 1.2 * x1 * x1 - 0.8 * x0 * x0 * x1
}

/** Angles 2πi/count − π, i = 0 … count − 1. */
function angleGrid(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => (2 * Math.PI * i) / count - Math.PI)
}

function circleDataset(spec: Extract<DatasetSpec, { kind: 'circle' }>): Dataset {
  const test = angleGrid(spec.testCount)
  const train = spec.trainFrom === 'grid' ? angleGrid(spec.trainCount) : drawnFrom(test, spec)
  return {
    trainInputs: onCircle(train),
    trainTargets: column(train.map(circleTarget)),
    testInputs: onCircle(test),
    testTargets: column(test.map(circleTarget)),
    coordinate: { label: 'angle θ', unit: 'rad', train, test }
  }
}

function drawnFrom(
  angles: Float64Array,
  { trainCount, seed }: { trainCount: number; seed: number }
): Float64Array {
  if (trainCount > angles.length) {
    throw new LabError(
      'invalid-request',
      `trainCount is ${trainCount}, but training angles are drawn from ${angles.length} test angles: ` +
        'lower trainCount or raise testCount'
    )
  }
  const chosen = sampleWithoutReplacement(angles.length, trainCount, seed)
  return Float64Array.from(
    chosen.sort((i, j) => i - j),
    (i) => angles[i] ?? NaN
  )
}

function onCircle(angles: Float64Array): Matrix {
  const values = new Float64Array(2 * angles.length)
  angles.forEach((angle, i) => {
    values[2 * i] = Math.sin(angle)
    values[2 * i + 1] = Math.cos(angle)
  })
  return { values, rows: angles.length, columns: 2 }
}

function column(values: Float64Array): Matrix {
  return { values, rows: values.length, columns: 1 }
}

function inlineDataset(spec: Extract<DatasetSpec, { kind: 'inline' }>): Dataset {
  const trainInputs = matrixFromRows(spec.trainInputs, 'trainInputs')
  const trainTargets = matrixFromRows(spec.trainTargets, 'trainTargets')
  const testInputs = matrixFromRows(spec.testInputs, 'testInputs')
  const testTargets = spec.testTargets ? matrixFromRows(spec.testTargets, 'testTargets') : null
  requireEqual('rows of trainTargets', trainTargets.rows, 'rows of trainInputs', trainInputs.rows)
  requireEqual('columns of testInputs', testInputs.columns, 'of trainInputs', trainInputs.columns)
  if (testTargets) {
    requireEqual('rows of testTargets', testTargets.rows, 'rows of testInputs', testInputs.rows)
    requireEqual(
      'columns of testTargets',
      testTargets.columns,
      'of trainTargets',
      trainTargets.columns
    )
  }
  return {
    trainInputs,
    trainTargets,
    testInputs,
    testTargets,
    coordinate:
      trainInputs.columns === 1
        ? { label: 'input x', unit: '', train: trainInputs.values, test: testInputs.values }
        : {
            label: 'point',
            unit: 'index',
            train: Float64Array.from({ length: trainInputs.rows }, (_, i) => i),
            test: Float64Array.from({ length: testInputs.rows }, (_, i) => i)
          }
  }
}

function requireEqual(what: string, got: number, other: string, wanted: number): void {
  if (got !== wanted)
    throw new LabError('invalid-request', `${what}: ${got}, but ${other}: ${wanted}`)
}

/**
 * A matrix from nested arrays.
 *
 * @throws {LabError} 'invalid-request' when a row's length differs from the first's
 */
export function matrixFromRows(rows: readonly (readonly number[])[], name: string): Matrix {
  const columns = rows[0]?.length ?? 0
  rows.forEach((row, i) => {
    if (row.length !== columns) {
      throw new LabError(
        'invalid-request',
        `${name}[${i}] has ${row.length} numbers, but ${name}[0] has ${columns}: rows must be equally long`
      )
    }
  })
  return { values: Float64Array.from(rows.flat()), rows: rows.length, columns }
}
