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
