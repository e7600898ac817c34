import { LabError } from '../../protocol/errors'
import { scaleToNorm, type Matrix } from '../matrix'

/**
 * Learns each column's mean and standard deviation (of the population, dividing by the number of
 * rows) and gives a function that takes columns to mean 0 and deviation 1 by them. A column that is
 * constant becomes its difference from that constant.
 */
export function standardiser({ values, rows, columns }: Matrix): (matrix: Matrix) => Matrix {
  const scales = Array.from({ length: columns }, (_, j) =>
    columnScale(Float64Array.from({ length: rows }, (_, i) => values[i * columns + j] ?? NaN))
  )
  return (matrix) => ({
    ...matrix,
    values: matrix.values.map((value, i) => {
      const { mean, deviation } = scales[i % columns] ?? { mean: NaN, deviation: NaN }
      return (value - mean) / deviation
    })
  })
}

function columnScale(column: Float64Array): { mean: number; deviation: number } {
  const [first = NaN] = column
  // Rounding of the mean would give a constant a deviation.
  if (column.every((value) => value === first)) return { mean: first, deviation: 1 }
  const mean = column.reduce((sum, value) => sum + value, 0) / column.length
  const variance = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length
  return { mean, deviation: Math.sqrt(variance) }
}

/**
 * Scales every row to a norm.
 *
 * @param rowNumbers where the rows stand in their table, for the message
 * @throws {LabError} 'invalid-request' for a row of zeros, which has no direction
 */
export function scaleToSphere(matrix: Matrix, radius: number, rowNumbers: Int32Array): Matrix {
  const values = matrix.values.slice()
  for (let row = 0; row < matrix.rows; row++) {
    const entries = values.subarray(row * matrix.columns, (row + 1) * matrix.columns)
    if (entries.every((entry) => entry === 0)) {
      throw new LabError(
        'invalid-request',
        `row ${(rowNumbers[row] ?? 0) + 1} of the data has zeros alone and no direction on the ` +
          'sphere: choose another inputScaling, or remove the row'
      )
    }
    scaleToNorm(entries, radius)
  }
  return { ...matrix, values }
}
