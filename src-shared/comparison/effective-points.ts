import type { Matrix } from '../design/dataset'

/** So many points and networks are enough to estimate correlation from. */
const POINT_LIMIT = 256
const MEMBER_LIMIT = 1000

/** With fewer networks their correlations tell too little: all points are then taken as one. */
const FEWEST_MEMBERS = 6

/**
 * How many independent points correlated ones count as: (Σλ)²/Σλ², λ the eigenvalues of their
 * covariance Σ, which is (tr Σ)²/tr Σ². 1 where all move together, P where none do.
 */
export function effectivePoints({ values, rows: points }: Matrix): number {
  let trace = 0
  for (let i = 0; i < points; i++) trace += values[i * points + i] ?? NaN
  const squares = values.reduce((total, value) => total + value * value, 0)
  return squares === 0 ? 1 : (trace * trace) / squares
}

/**
 * The same estimated from an ensemble, with the bias of tr S² and (tr S)² taken out (Bai and
 * Saranadasa, Statistica Sinica 6, 1996): for n − 1 = ν degrees of freedom S has
 * E tr S² = tr Σ² (ν+1)/ν + (tr Σ)²/ν and E (tr S)² = (tr Σ)² + 2 tr Σ²/ν.
 *
 * At most 256 points and 1000 networks, evenly spread, are looked at. Fewer than 6 networks answer 1,
 * which errs on the side of agreement.
 *
 * @param outputs members × points, row-major
 */
export function estimatedEffectivePoints(
  outputs: Float32Array | Float64Array,
  points: number
): number {
  const size = outputs.length / points
  if (size < FEWEST_MEMBERS) return 1
  const columns = evenly(points, POINT_LIMIT)
  const centred = centredRows(outputs, points, evenly(size, MEMBER_LIMIT), columns)
  const degrees = centred.length - 1
  // tr S² is the sum of squares of S, and as well of the products between networks: take the smaller.
  const vectors = centred.length <= columns.length ? centred : transposed(centred)
  let trace = 0
  let squares = 0
  vectors.forEach((first, i) => {
    for (let j = 0; j <= i; j++) {
      const product = dot(first, vectors[j] ?? first) / degrees
      if (j === i) trace += product
      squares += (j === i ? 1 : 2) * product * product
    }
  })
  if (trace === 0) return 1
  const unbiased = degrees / ((degrees - 1) * (degrees + 2))
  const ofSquare = unbiased * (degrees * squares - trace * trace)
  const squareOfTrace = unbiased * ((degrees + 1) * trace * trace - 2 * squares)
  return Math.min(points, Math.max(1, ofSquare > 0 ? squareOfTrace / ofSquare : points))
}

/** At most `limit` of 0 … total − 1, evenly spread. */
function evenly(total: number, limit: number): number[] {
  const count = Math.min(total, limit)
  return Array.from({ length: count }, (_, i) => Math.floor((i * total) / count))
}

function centredRows(
  outputs: Float32Array | Float64Array,
  points: number,
  members: readonly number[],
  columns: readonly number[]
): Float64Array[] {
  const rows = members.map((member) =>
    Float64Array.from(columns, (column) => outputs[member * points + column] ?? NaN)
  )
  const mean = columns.map(
    (_, i) => rows.reduce((total, row) => total + (row[i] ?? NaN), 0) / rows.length
  )
  return rows.map((row) => row.map((value, i) => value - (mean[i] ?? NaN)))
}

function transposed(rows: readonly Float64Array[]): Float64Array[] {
  const length = rows[0]?.length ?? 0
  return Array.from({ length }, (_, i) => Float64Array.from(rows, (row) => row[i] ?? NaN))
}

function dot(x: Float64Array, y: Float64Array): number {
  let total = 0
  for (let i = 0; i < x.length; i++) total += (x[i] ?? NaN) * (y[i] ?? NaN)
  return total
}
