import type { ActivationMath } from '../../design/activation-math'
import type { SurrogateMath } from '../../design/surrogate-math'
import type { BatchMoments, FarRow, RowPoints, SurrogateMoments } from './batch-moments'
import { centredMeans } from './centred-means'
import { farAngle, LEAST_GAP } from './far-pairs'
import {
  angleFromAnchor,
  angleOfAnchor,
  complementOfAnchor,
  nearestAnchor,
  supplementOfAnchor
} from './half-plane-angle'
import { BATCH, type PairBatch } from './pair-batch'
import { momentsOfPair, surrogateOfPair } from './pairwise-moments'

/** Below this product of variances a pair is left to the moments of single pairs, which know zeros. */
const TINY = 1e-280

/** offset + height · s(z), where s is sign or erf_m without a threshold, k = 1/(2m²). */
export interface CentredStep {
  /** k; 0 for sign and Heaviside. */
  readonly smoothing: number
  readonly offset: number
  readonly height: number
}

/**
 * The moments of sign, Heaviside and erf_m without a threshold (theory/moments/smoothed-step.ts has
 * the formulas): one angle gives E φφ, E (φ − φ)² and E (φ + φ)².
 *
 * @param math the same activation, for pairs of vanishing variance
 */
export function stepMoments(step: CentredStep, math: ActivationMath): BatchMoments {
  const { smoothing: k, offset, height } = step
  const scale = height * height
  const base = offset * offset
  const perAngle = (2 / Math.PI) * scale
  const perGap = 2 * perAngle
  return {
    knowsDifference: math.differenceMoment !== undefined,
    knowsSum: math.sumMoment !== undefined,
    isSlow: false,
    far: {
      smoothing: k,
      advance: (row, points, count, { weight, bias }) =>
        advanceFar(row, points, count, weight * base + bias, weight * perAngle)
    },
    moments: (pairs, count, out) => {
      const { second, derivative, difference, sum } = out
      for (let p = 0; p < count; p++) {
        const a = pairs.a[p] ?? NaN
        const b = pairs.b[p] ?? NaN
        const c = pairs.c[p] ?? NaN
        if (!(a * b > TINY)) {
          momentsOfPair(math, pairs, p, out)
          continue
        }
        const root = Math.sqrt((pairs.gram[p] ?? NaN) + k * (a + b) + k * k)
        const anchor = nearestAnchor(root, c)
        const angle = angleFromAnchor(root, c, anchor)
        second[p] = base + perAngle * ((complementOfAnchor[anchor] ?? NaN) - angle)
        derivative[p] = perAngle / root
        difference[p] = perGap * ((angleOfAnchor[anchor] ?? NaN) + angle)
        sum[p] = perGap * ((supplementOfAnchor[anchor] ?? NaN) - angle)
      }
    },
    surrogate: (psi) => stepSurrogate(step, math, psi)
  }
}

/** S⁺ = σ_w² (base + perAngle · asin ρ) + σ_b², and T⁺ with E φ′φ′ = perAngle/(√(AB) √(1 − ρ²)). */
function advanceFar(
  { nngp, ntk, slope, near }: FarRow,
  { root: firstRoot, roots, from }: RowPoints,
  count: number,
  constant: number,
  factor: number
): boolean {
  let anyNear = false
  for (let p = 0; p < count; p++) {
    const scale = firstRoot * (roots[from + p] ?? NaN)
    const rho = (nngp[p] ?? NaN) * scale
    const gap = 1 - rho * rho
    // NaN, of points without variance, is not far either.
    if (!(gap > LEAST_GAP)) {
      near[p] = 1
      anyNear = true
    }
    const root = Math.sqrt(gap)
    const next = constant + factor * farAngle(rho, root)
    const growth = (factor * scale) / root
    nngp[p] = next
    ntk[p] = next + growth * (ntk[p] ?? NaN)
    slope[p] = growth
  }
  return anyNear
}

/** E φ′(u)ψ(v) = height · 2/√(2πA) · G(s²), s² = (ab − c² + kb)/A, with E ψ(sZ) from a table in s². */
function stepSurrogate(
  { smoothing: k, height }: CentredStep,
  math: ActivationMath,
  psi: SurrogateMath
): SurrogateMoments {
  const mean = centredMeans(psi)
  const factor = height * Math.sqrt(2 / Math.PI)
  const squares = new Float64Array(BATCH)
  const direct = (pairs: PairBatch, count: number, out: Float64Array, exchange: boolean): void => {
    const [rows, columns] = exchange ? [pairs.b, pairs.a] : [pairs.a, pairs.b]
    for (let p = 0; p < count; p++) {
      const b = columns[p] ?? NaN
      squares[p] = ((pairs.gram[p] ?? NaN) + k * b) / ((rows[p] ?? NaN) + k)
    }
    mean.fill(squares, count, out)
    for (let p = 0; p < count; p++) {
      out[p] = (out[p] ?? NaN) * (factor / Math.sqrt((rows[p] ?? NaN) + k))
    }
  }
  return {
    moments: (pairs, count, out, mirrored) => {
      direct(pairs, count, out, false)
      if (mirrored) {
        if (hasEqualVariances(pairs, count)) mirrored.set(out)
        else direct(pairs, count, mirrored, true)
      }
      for (let p = 0; p < count; p++) {
        const product = (pairs.a[p] ?? NaN) * (pairs.b[p] ?? NaN)
        if (!(product > TINY)) surrogateOfPair(math, psi, pairs, p, out, mirrored)
      }
    },
    far: (nngp, points, count, isExchanged, out) => {
      if (!isExchanged) {
        fillSquares(nngp, points, count, squares)
        mean.fill(squares, count, out)
        return factor * points.root
      }
      fillExchangedSquares(nngp, points, count, squares)
      mean.fill(squares, count, out)
      scaleByRoots(out, points, count)
      return factor
    }
  }
}

/** s² = b − c²/A, which loses less than two digits for far pairs. */
function fillSquares(
  nngp: Float64Array,
  { root, variances, from }: RowPoints,
  count: number,
  out: Float64Array
): void {
  for (let p = 0; p < count; p++) {
    const projection = root * (nngp[p] ?? NaN)
    out[p] = (variances[from + p] ?? NaN) - projection * projection
  }
}

/** s² = a − c²/B: with the arguments exchanged. */
function fillExchangedSquares(
  nngp: Float64Array,
  { variance, roots, from }: RowPoints,
  count: number,
  out: Float64Array
): void {
  for (let p = 0; p < count; p++) {
    const projection = (roots[from + p] ?? NaN) * (nngp[p] ?? NaN)
    out[p] = variance - projection * projection
  }
}

/** out ← out/√B. */
function scaleByRoots(out: Float64Array, { roots, from }: RowPoints, count: number): void {
  for (let p = 0; p < count; p++) out[p] = (out[p] ?? NaN) * (roots[from + p] ?? NaN)
}

/** Exchanging the arguments then changes nothing: so it is after any layer of sign. */
function hasEqualVariances(pairs: PairBatch, count: number): boolean {
  for (let p = 0; p < count; p++) if (pairs.a[p] !== pairs.b[p]) return false
  return true
}
