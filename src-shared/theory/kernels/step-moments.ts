import type { ActivationMath } from '../../design/activation-math'
import type { SurrogateMath } from '../../design/surrogate-math'
import type { BatchMoments, SurrogateBatchMoment } from './batch-moments'
import {
  angleFromAnchor,
  angleOfAnchor,
  complementOfAnchor,
  nearestAnchor,
  supplementOfAnchor
} from './half-plane-angle'
import { IntervalTable } from './interval-table'
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
      moments: ({ scale, root, angle }, count, { second, derivative }) => {
        for (let p = 0; p < count; p++) {
          second[p] = base + perAngle * (angle[p] ?? NaN)
          derivative[p] = (perAngle * (scale[p] ?? NaN)) / (root[p] ?? NaN)
        }
      }
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

/** E φ′(u)ψ(v) = height · 2/√(2πA) · G(s²), s² = (ab − c² + kb)/A, with E ψ(sZ) from a table in s². */
function stepSurrogate(
  { smoothing: k, height }: CentredStep,
  math: ActivationMath,
  psi: SurrogateMath
): SurrogateBatchMoment {
  const mean = new IntervalTable((square) => psi.gaussianMean(0, Math.sqrt(square)))
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
  return (pairs, count, out, mirrored) => {
    direct(pairs, count, out, false)
    if (mirrored) {
      if (hasEqualVariances(pairs, count)) mirrored.set(out)
      else direct(pairs, count, mirrored, true)
    }
    for (let p = 0; p < count; p++) {
      const product = (pairs.a[p] ?? NaN) * (pairs.b[p] ?? NaN)
      if (!(product > TINY)) surrogateOfPair(math, psi, pairs, p, out, mirrored)
    }
  }
}

/** Exchanging the arguments then changes nothing: so it is after any layer of sign. */
function hasEqualVariances(pairs: PairBatch, count: number): boolean {
  for (let p = 0; p < count; p++) if (pairs.a[p] !== pairs.b[p]) return false
  return true
}
