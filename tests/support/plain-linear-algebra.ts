import type { Matrix } from '@shared/design/dataset'
import type { ComplexEigenvalues, LinearAlgebra } from '@shared/theory/linear-algebra'

/** Schoolbook float64 linear algebra: the independent route that native results are held against. */
export const plainLinearAlgebra: LinearAlgebra = {
  multiply(A, B, transpose = {}) {
    const left = transpose.A ? transposed(A) : A
    const right = transpose.B ? transposed(B) : B
    const values = new Float64Array(left.rows * right.columns)
    for (let i = 0; i < left.rows; i++) {
      for (let j = 0; j < right.columns; j++) {
        let total = 0
        for (let k = 0; k < left.columns; k++) {
          total += left.values[i * left.columns + k]! * right.values[k * right.columns + j]!
        }
        values[i * right.columns + j] = total
      }
    }
    return { values, rows: left.rows, columns: right.columns }
  },
  solveSymmetric: (A, B) => eliminate(A, B),
  solve: (A, B) => eliminate(A, B),
  eigenvalues: (A) => qrEigenvalues(A)
}

/** Aᵀ. */
export function transposed(A: Matrix): Matrix {
  const values = new Float64Array(A.values.length)
  for (let i = 0; i < A.rows; i++) {
    for (let j = 0; j < A.columns; j++) values[j * A.rows + i] = A.values[i * A.columns + j]!
  }
  return { values, rows: A.columns, columns: A.rows }
}

/** Gaussian elimination with partial pivoting. */
function eliminate(A: Matrix, B: Matrix): Matrix | null {
  const n = A.rows
  const width = n + B.columns
  const rows = Array.from({ length: n }, (_, i) => [
    ...A.values.subarray(i * n, (i + 1) * n),
    ...B.values.subarray(i * B.columns, (i + 1) * B.columns)
  ])
  for (let k = 0; k < n; k++) {
    let pivot = k
    for (let i = k + 1; i < n; i++) {
      if (Math.abs(rows[i]![k]!) > Math.abs(rows[pivot]![k]!)) pivot = i
    }
    ;[rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!]
    if (rows[k]![k] === 0) return null
    for (let i = 0; i < n; i++) {
      if (i === k) continue
      const factor = rows[i]![k]! / rows[k]![k]!
      for (let j = k; j < width; j++) rows[i]![j]! -= factor * rows[k]![j]!
    }
  }
  const values = Float64Array.from(rows.flatMap((row, i) => row.slice(n).map((x) => x / row[i]!)))
  return { values, rows: n, columns: B.columns }
}

/** Real eigenvalues by the unshifted QR iteration; for small matrices with a real spectrum only. */
function qrEigenvalues(A: Matrix): ComplexEigenvalues {
  const n = A.rows
  let current = Array.from({ length: n }, (_, i) => [...A.values.subarray(i * n, (i + 1) * n)])
  for (let sweep = 0; sweep < 2000; sweep++) {
    const q: number[][] = []
    const r = Array.from({ length: n }, () => new Array<number>(n).fill(0))
    for (let j = 0; j < n; j++) {
      let v = current.map((row) => row[j]!)
      for (let k = 0; k < q.length; k++) {
        const dot = v.reduce((sum, x, i) => sum + x * q[k]![i]!, 0)
        r[k]![j] = dot
        v = v.map((x, i) => x - dot * q[k]![i]!)
      }
      const norm = Math.hypot(...v)
      r[j]![j] = norm
      q.push(v.map((x) => x / norm))
    }
    current = r.map((row) => q.map((_, j) => row.reduce((sum, x, k) => sum + x * q[k]![j]!, 0)))
  }
  return {
    real: Float64Array.from(current, (row, i) => row[i]!),
    imaginary: new Float64Array(n)
  }
}
