import type { Matrix } from '../design/dataset'
import type { AffineLayer } from '../design/network'
import type { GaussianPair } from './moments/gaussian-pair'

/** Below this share of |x − x′|² the part orthogonal to x is mostly rounding. */
const NEARLY_COLLINEAR = 1e-6
/**
 * The angle that rounding a point's coordinates to float64 can open. Points collinear up to it are
 * taken as collinear: x and the rounded 2.5 x are one direction, and deep step networks would blow
 * the difference up (an angle t is t^(1/8) after three layers).
 */
const ROUNDING = Number.EPSILON

/** |x|² of every row, summed in the order in which the pairs' products are. */
export function squaredNorms({ values, rows, columns }: Matrix): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let square = 0
    for (let k = 0; k < columns; k++) {
      const x = values[i * columns + k] ?? NaN
      square += x * x
    }
    return square
  })
}

/**
 * S¹(x, x) = (σ_w²/n₀) x·x + σ_b² for each point.
 *
 * @param norms |x|²
 * @param dimension n₀
 */
export function firstLayerVariances(
  norms: Float64Array,
  dimension: number,
  layer: AffineLayer
): Float64Array {
  const weight = (layer.sigmaW * layer.sigmaW) / dimension
  const bias = layer.sigmaB * layer.sigmaB
  return norms.map((square) => weight * square + bias)
}

/**
 * The pair of first pre-activations of row i of `first` and row j of `second`, written into `out`.
 *
 * ab − c² = w²(|x|²|x′|² − (x·x′)²) + wβ|x − x′|² with w = σ_w²/n₀ and β = σ_b²; the bracket is
 * formed from x and the smaller of x ∓ x′, so that it keeps its digits where the points nearly
 * coincide or oppose one another. Sums run in a fixed order, so bitwise equal inputs give exactly 0.
 */
export function firstLayerPair(
  first: Matrix,
  i: number,
  second: Matrix,
  j: number,
  layer: AffineLayer,
  out: GaussianPair
): void {
  const dimension = first.columns
  const weight = (layer.sigmaW * layer.sigmaW) / dimension
  const bias = layer.sigmaB * layer.sigmaB
  let xx = 0
  let yy = 0
  let xy = 0
  let minus = 0
  let plus = 0
  for (let k = 0; k < dimension; k++) {
    const x = first.values[i * dimension + k] ?? NaN
    const y = second.values[j * dimension + k] ?? NaN
    xx += x * x
    yy += y * y
    xy += x * y
    minus += (x - y) * (x - y)
    plus += (x + y) * (x + y)
  }
  out.a = weight * xx + bias
  out.b = weight * yy + bias
  out.c = weight * xy + bias
  out.distance = weight * minus
  out.sum = weight * plus + 4 * bias
  const flip = xy < 0 ? -1 : 1
  out.gram = weight * weight * crossSquare(first, i, second, j, flip, xx) + weight * bias * minus
}

/**
 * |x|²|x′|² − (x·x′)² = |x|²|r|², r the part of d = x − flip·x′ that is orthogonal to x; where little
 * of d is (collinear points), the sum of squared minors instead, each free of rounding.
 */
function crossSquare(
  first: Matrix,
  i: number,
  second: Matrix,
  j: number,
  flip: number,
  xx: number
): number {
  const dimension = first.columns
  const x = (k: number): number => first.values[i * dimension + k] ?? NaN
  const y = (k: number): number => second.values[j * dimension + k] ?? NaN
  let xd = 0
  let dd = 0
  let yy = 0
  for (let k = 0; k < dimension; k++) {
    const d = x(k) - flip * y(k)
    xd += x(k) * d
    dd += d * d
    yy += y(k) * y(k)
  }
  if (xx === 0 || dd === 0) return 0
  let rr = 0
  for (let k = 0; k < dimension; k++) {
    const residual = x(k) - flip * y(k) - (xd / xx) * x(k)
    rr += residual * residual
  }
  if (rr > NEARLY_COLLINEAR * dd) return xx * rr
  let total = 0
  for (let k = 1; k < dimension; k++) {
    for (let l = 0; l < k; l++) {
      const minor = differenceOfProducts(x(k), y(l), x(l), y(k))
      total += minor * minor
    }
  }
  return total > ROUNDING * ROUNDING * xx * yy ? total : 0
}

/** ab − cd to nearly full accuracy however much cancels: products with their rounding errors. */
function differenceOfProducts(a: number, b: number, c: number, d: number): number {
  const first = a * b
  const second = c * d
  return first - second + (productError(a, b, first) - productError(c, d, second))
}

/** ab − fl(ab), exact barring underflow (Dekker 1971: halves of 26 bits). */
function productError(a: number, b: number, product: number): number {
  const aHigh = highHalf(a)
  const bHigh = highHalf(b)
  const aLow = a - aHigh
  const bLow = b - bHigh
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow)
}

function highHalf(a: number): number {
  const spread = 134217729 * a
  return spread - (spread - a)
}
