import { matrixRow, type Matrix } from '@shared/design/matrix'
import type { LinearAlgebra } from '@shared/theory/linear-algebra'

/** Components are those of at most so many points. */
export const FITTED_POINTS = 1000

/** The two directions in which points vary most. */
export interface PrincipalPlane {
  /** Shares of the variance, at most 1 together. */
  readonly shares: readonly [number, number]
  /** The points' two coordinates in the plane. */
  readonly project: (points: Matrix) => { x: Float64Array; y: Float64Array }
}

/**
 * Principal components of the first 1,000 points, by the singular value decomposition of their
 * covariance, or of their Gram matrix where that is smaller (λ and Xᵀu/√λ are the same). Signs are
 * those that make the largest entry of a direction positive, so that pictures do not flip.
 *
 * @param points N×d, d ≥ 2
 */
export function principalPlane(points: Matrix, algebra: LinearAlgebra): PrincipalPlane {
  const rows = Math.min(points.rows, FITTED_POINTS)
  const { columns } = points
  const fitted = { values: points.values.slice(0, rows * columns), rows, columns }
  const mean = columnMeans(fitted)
  fitted.values.forEach((value, i) => {
    fitted.values[i] = value - (mean[i % columns] ?? NaN)
  })
  const byInputs = columns <= rows
  const products = algebra.multiply(fitted, fitted, { [byInputs ? 'A' : 'B']: true })
  const { values, left } = algebra.singularValues(products)
  const total = values.reduce((sum, value) => sum + value, 0)
  const vector = (k: number): Float64Array => {
    const column = Float64Array.from(
      { length: left.rows },
      (_, i) => left.values[i * left.columns + k] ?? NaN
    )
    return oriented(byInputs ? column : combined(fitted, column))
  }
  const directions = [vector(0), vector(1)] as const
  const share = (k: number): number => (total === 0 ? 0 : (values[k] ?? 0) / total)
  return {
    shares: [share(0), share(1)],
    project: (others) => {
      const along = (direction: Float64Array): Float64Array =>
        Float64Array.from({ length: others.rows }, (_, i) =>
          matrixRow(others, i).reduce(
            (sum, value, j) => sum + (value - (mean[j] ?? NaN)) * (direction[j] ?? NaN),
            0
          )
        )
      return { x: along(directions[0]), y: along(directions[1]) }
    }
  }
}

function columnMeans({ values, rows, columns }: Matrix): Float64Array {
  const mean = new Float64Array(columns)
  values.forEach((value, i) => {
    mean[i % columns] = (mean[i % columns] ?? NaN) + value / rows
  })
  return mean
}

/** Xᵀu. */
function combined(points: Matrix, weights: Float64Array): Float64Array {
  const sum = new Float64Array(points.columns)
  weights.forEach((weight, i) => {
    matrixRow(points, i).forEach((value, j) => {
      sum[j] = (sum[j] ?? NaN) + weight * value
    })
  })
  return sum
}

/** A vector at length 1 with its largest entry positive; zeros stay zeros. */
function oriented(vector: Float64Array): Float64Array {
  const largest = vector.reduce(
    (most, value) => (Math.abs(value) > Math.abs(most) ? value : most),
    0
  )
  const length = Math.hypot(...vector) * Math.sign(largest)
  return length === 0 ? vector : vector.map((value) => value / length)
}
