import type { Dataset, Matrix } from '../design/dataset'

/** Sizes of inputs as the first layer sees them: |x|²/n₀ of training and test points. */
export interface InputSizes {
  readonly smallest: number
  readonly median: number
  readonly largest: number
}

/**
 * Data that are small enough for a preview: up to `most` training and as many test points, evenly
 * chosen in the order of the data, and of several outputs the first. Test points are in the order of
 * their coordinate, so that functions can be drawn over it.
 */
export function previewData(data: Dataset, most: number): Dataset {
  const train = evenIndices(data.trainInputs.rows, most)
  const test = evenIndices(data.testInputs.rows, most).sort(
    (i, j) => (data.coordinate.test[i] ?? NaN) - (data.coordinate.test[j] ?? NaN)
  )
  return {
    trainInputs: rowsOf(data.trainInputs, train),
    trainTargets: firstColumn(rowsOf(data.trainTargets, train)),
    testInputs: rowsOf(data.testInputs, test),
    testTargets: data.testTargets && firstColumn(rowsOf(data.testTargets, test)),
    coordinate: {
      ...data.coordinate,
      train: Float64Array.from(train, (i) => data.coordinate.train[i] ?? NaN),
      test: Float64Array.from(test, (i) => data.coordinate.test[i] ?? NaN)
    }
  }
}

/** The sizes of all inputs of a data set. */
export function inputSizes({ trainInputs, testInputs }: Dataset): InputSizes {
  const sizes = Float64Array.of(...sizesOf(trainInputs), ...sizesOf(testInputs)).sort()
  return {
    smallest: sizes[0] ?? NaN,
    median: sizes[Math.floor((sizes.length - 1) / 2)] ?? NaN,
    largest: sizes.at(-1) ?? NaN
  }
}

function sizesOf({ values, rows, columns }: Matrix): number[] {
  return Array.from({ length: rows }, (_, i) => {
    const row = values.subarray(i * columns, (i + 1) * columns)
    return row.reduce((sum, value) => sum + value * value, 0) / columns
  })
}

/** Up to `most` of the indices below `count`, with the first and the last. */
function evenIndices(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i)
  return Array.from({ length: most }, (_, i) => Math.round((i * (count - 1)) / (most - 1)))
}

function rowsOf({ values, columns }: Matrix, indices: readonly number[]): Matrix {
  const chosen = new Float64Array(indices.length * columns)
  indices.forEach((row, i) => {
    chosen.set(values.subarray(row * columns, (row + 1) * columns), i * columns)
  })
  return { values: chosen, rows: indices.length, columns }
}

function firstColumn({ values, rows, columns }: Matrix): Matrix {
  const first = Float64Array.from({ length: rows }, (_, i) => values[i * columns] ?? NaN)
  return { values: first, rows, columns: 1 }
}
