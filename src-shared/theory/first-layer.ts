import type { Matrix } from '../design/dataset'
import type { AffineLayer } from '../design/network'
import type { GaussianPair } from './moments/gaussian-pair'

/** Up to this many inputs the Gram determinant is summed by Lagrange's identity, exact for collinear points. */
const LAGRANGE_INPUTS = 16

/** S¹(x, x) = (σ_w²/n₀) x·x + σ_b² for each row x. */
export function firstLayerVariances(inputs: Matrix, layer: AffineLayer): Float64Array {
  const weight = (layer.sigmaW * layer.sigmaW) / inputs.columns
  const bias = layer.sigmaB * layer.sigmaB
  return Float64Array.from({ length: inputs.rows }, (_, i) => {
    let square = 0
    for (let k = 0; k < inputs.columns; k++) {
      const x = inputs.values[i * inputs.columns + k] ?? NaN
      square += x * x
    }
    return weight * square + bias
  })
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

/** |x|²|x′|² − (x·x′)² = |x|²|d|² − (x·d)² with d = x − flip·x′. */
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
  const d = (k: number): number => x(k) - flip * (second.values[j * dimension + k] ?? NaN)
  let total = 0
  if (dimension <= LAGRANGE_INPUTS) {
    for (let k = 1; k < dimension; k++) {
      for (let l = 0; l < k; l++) {
        const minor = x(k) * d(l) - x(l) * d(k)
        total += minor * minor
      }
    }
    return total
  }
  if (xx === 0) return 0
  let xd = 0
  for (let k = 0; k < dimension; k++) xd += x(k) * d(k)
  for (let k = 0; k < dimension; k++) {
    const residual = d(k) - (xd / xx) * x(k)
    total += residual * residual
  }
  return xx * total
}
