import type { Matrix } from '../design/dataset'

/** The n×n identity. */
export function identityMatrix(n: number): Matrix {
  const values = new Float64Array(n * n)
  for (let i = 0; i < n; i++) values[i * n + i] = 1
  return { values, rows: n, columns: n }
}

/** x·A + y·B, elementwise. */
export function combine(x: number, A: Matrix, y: number, B: Matrix): Matrix {
  if (A.rows !== B.rows || A.columns !== B.columns) {
    throw new RangeError(`cannot add ${A.rows}×${A.columns} and ${B.rows}×${B.columns}`)
  }
  const values = A.values.map((value, i) => x * value + y * (B.values[i] ?? NaN))
  return { values, rows: A.rows, columns: A.columns }
}

/** factor·A. */
export function scaled(factor: number, A: Matrix): Matrix {
  return { values: A.values.map((value) => factor * value), rows: A.rows, columns: A.columns }
}

/** A + shift·1 for a square A; keeps whatever else A says of itself. */
export function shifted<Square extends Matrix>(A: Square, shift: number): Square {
  const values = A.values.slice()
  for (let i = 0; i < A.rows; i++)
    values[i * A.columns + i] = (A.values[i * A.columns + i] ?? NaN) + shift
  return { ...A, values }
}

/** Aᵀ. */
export function transpose({ values, rows, columns }: Matrix): Matrix {
  const out = new Float64Array(values.length)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) out[j * rows + i] = values[i * columns + j] ?? NaN
  }
  return { values: out, rows: columns, columns: rows }
}

/** The columns of A with these indices. */
export function pickColumns(A: Matrix, indices: readonly number[]): Matrix {
  const values = new Float64Array(A.rows * indices.length)
  for (let i = 0; i < A.rows; i++) {
    indices.forEach((column, j) => {
      values[i * indices.length + j] = A.values[i * A.columns + column] ?? NaN
    })
  }
  return { values, rows: A.rows, columns: indices.length }
}

/** A with column j multiplied by factors[j]: A diag(factors). */
export function scaledColumns(A: Matrix, factors: Float64Array): Matrix {
  const values = A.values.map((value, at) => value * (factors[at % A.columns] ?? NaN))
  return { values, rows: A.rows, columns: A.columns }
}

/** The largest sum of absolute values along a row: the ∞-norm. */
export function rowSumNorm({ values, rows, columns }: Matrix): number {
  let largest = 0
  for (let i = 0; i < rows; i++) {
    let sum = 0
    for (let j = 0; j < columns; j++) sum += Math.abs(values[i * columns + j] ?? NaN)
    if (!(sum <= largest)) largest = sum
  }
  return largest
}

/** The largest absolute entry. */
export function largestEntry({ values }: Matrix): number {
  return values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
}

/** ‖K − Kᵀ‖ / ‖K‖ in the Frobenius norm: 0 for a symmetric matrix. */
export function asymmetry(K: Matrix): number {
  let difference = 0
  let total = 0
  for (let i = 0; i < K.rows; i++) {
    for (let j = 0; j < K.columns; j++) {
      const value = K.values[i * K.columns + j] ?? NaN
      const mirrored = K.values[j * K.columns + i] ?? NaN
      difference += (value - mirrored) ** 2
      total += value * value
    }
  }
  return total === 0 ? 0 : Math.sqrt(difference / total)
}

/** The sums of elementwise products of equal rows: the diagonal of A Bᵀ. */
export function rowProducts(A: Matrix, B: Matrix): Float64Array {
  return Float64Array.from({ length: A.rows }, (_, i) => {
    let total = 0
    for (let k = 0; k < A.columns; k++) {
      total += (A.values[i * A.columns + k] ?? NaN) * (B.values[i * B.columns + k] ?? NaN)
    }
    return total
  })
}
