import { LabError } from '../protocol/errors'

/** Rows of equal length, row-major, in float64. */
export interface Matrix {
  readonly values: Float64Array
  readonly rows: number
  readonly columns: number
}

/** One number a row. */
export function columnMatrix(values: Float64Array): Matrix {
  return { values, rows: values.length, columns: 1 }
}

/** A row of a matrix, as a view of its memory. */
export function matrixRow({ values, columns }: Matrix, row: number): Float64Array {
  return values.subarray(row * columns, (row + 1) * columns)
}

/** The Euclidean norm, without overflow in between. */
export function norm(vector: Float64Array): number {
  const largest = vector.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0)
  if (largest === 0) return 0
  return largest * Math.sqrt(vector.reduce((sum, entry) => sum + (entry / largest) ** 2, 0))
}

/** Scales a vector, which must not be 0, to a norm, in place. */
export function scaleToNorm(vector: Float64Array, wanted: number): void {
  const factor = wanted / norm(vector)
  vector.forEach((entry, i) => {
    vector[i] = factor * entry
  })
}

/** The given rows of a matrix, in the given order. */
export function selectRows(matrix: Matrix, rows: ArrayLike<number>): Matrix {
  const values = new Float64Array(rows.length * matrix.columns)
  for (let i = 0; i < rows.length; i++) {
    values.set(matrixRow(matrix, rows[i] ?? 0), i * matrix.columns)
  }
  return { values, rows: rows.length, columns: matrix.columns }
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
