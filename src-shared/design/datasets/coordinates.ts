import type { Matrix } from '../matrix'
import type { Coordinate } from './dataset-definition'

/** The input itself where there is one; else the points' indices. */
export function plainCoordinate(train: Matrix, test: Matrix): Coordinate {
  if (train.columns === 1) {
    return { label: 'input x', unit: '', train: train.values, test: test.values }
  }
  const indices = (rows: number): Float64Array => Float64Array.from({ length: rows }, (_, i) => i)
  return { label: 'point', unit: 'index', train: indices(train.rows), test: indices(test.rows) }
}

/** The angle θ in (−π, π] of points r (sin θ, cos θ) in the plane. */
export function angleCoordinate(train: Matrix, test: Matrix): Coordinate {
  const angles = ({ values, rows }: Matrix): Float64Array =>
    Float64Array.from({ length: rows }, (_, i) =>
      Math.atan2(values[2 * i] ?? NaN, values[2 * i + 1] ?? NaN)
    )
  return { label: 'angle θ', unit: 'rad', train: angles(train), test: angles(test) }
}
