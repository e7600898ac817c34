import type { Matrix } from '../../design/dataset'
import type { AffineLayer } from '../../design/network'
import { firstLayerPair } from '../first-layer'
import { coincidentPair } from '../moments/gaussian-pair'
import type { PairBatch, PairRange } from './pair-batch'

/**
 * Above this share of |x|²|x′|² for (x·x′)² the differences that a pair carries are formed from the
 * points' coordinates; below, plain subtraction loses less than a digit.
 */
const NEARLY_COLLINEAR = 0.5

const scratch = coincidentPair(0)

/** The pairs of first pre-activations (theory/first-layer.ts) of a range, written into `out`. */
export function fillFirstLayer(
  first: Matrix,
  firstNorms: Float64Array,
  second: Matrix,
  secondNorms: Float64Array,
  range: PairRange,
  layer: AffineLayer,
  out: PairBatch
): void {
  const dimension = first.columns
  const weight = (layer.sigmaW * layer.sigmaW) / dimension
  const bias = layer.sigmaB * layer.sigmaB
  const [xs, ys] = [first.values, second.values]
  for (let p = 0; p < range.count; p++) {
    const i = range.diagonal ? range.first + p : range.first
    const j = range.second + p
    const xx = firstNorms[i] ?? NaN
    const yy = secondNorms[j] ?? NaN
    const xy = product(xs, i * dimension, ys, j * dimension, dimension)
    if (!(xy * xy <= NEARLY_COLLINEAR * xx * yy)) {
      firstLayerPair(first, i, second, j, layer, scratch)
      out.a[p] = scratch.a
      out.b[p] = scratch.b
      out.c[p] = scratch.c
      out.gram[p] = scratch.gram
      out.distance[p] = scratch.distance
      out.sum[p] = scratch.sum
      continue
    }
    const apart = xx + yy - 2 * xy
    out.a[p] = weight * xx + bias
    out.b[p] = weight * yy + bias
    out.c[p] = weight * xy + bias
    out.distance[p] = weight * apart
    out.sum[p] = weight * (xx + yy + 2 * xy) + 4 * bias
    out.gram[p] = weight * weight * (xx * yy - xy * xy) + weight * bias * apart
  }
}

/**
 * The covariances of the first pre-activations of one first argument's pairs alone, written into
 * `out`: four at a time, whose sums a processor follows at once.
 */
export function fillCovariances(
  { values: xs, columns: dimension }: Matrix,
  { values: ys }: Matrix,
  range: Pick<PairRange, 'first' | 'second' | 'count'>,
  layer: AffineLayer,
  out: Float64Array
): void {
  const weight = (layer.sigmaW * layer.sigmaW) / dimension
  const bias = layer.sigmaB * layer.sigmaB
  const from = range.first * dimension
  let at = range.second * dimension
  let p = 0
  for (; p + 4 <= range.count; p += 4) {
    let first = 0
    let second = 0
    let third = 0
    let fourth = 0
    for (let k = 0; k < dimension; k++, at++) {
      const x = xs[from + k] ?? NaN
      first += x * (ys[at] ?? NaN)
      second += x * (ys[at + dimension] ?? NaN)
      third += x * (ys[at + 2 * dimension] ?? NaN)
      fourth += x * (ys[at + 3 * dimension] ?? NaN)
    }
    out[p] = weight * first + bias
    out[p + 1] = weight * second + bias
    out[p + 2] = weight * third + bias
    out[p + 3] = weight * fourth + bias
    at += 3 * dimension
  }
  for (; p < range.count; p++, at += dimension) {
    out[p] = weight * product(xs, from, ys, at, dimension) + bias
  }
}

function product(
  xs: Float64Array,
  fromX: number,
  ys: Float64Array,
  fromY: number,
  count: number
): number {
  let total = 0
  for (let k = 0; k < count; k++) total += (xs[fromX + k] ?? NaN) * (ys[fromY + k] ?? NaN)
  return total
}
