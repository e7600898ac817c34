import type { ActivationMath } from '../../design/activation-math'
import { withSeries } from '../moments/series-moments'
import type { BatchMoments, FarMoments } from './batch-moments'
import { farAngle, LEAST_GAP } from './far-pairs'
import {
  angleFromAnchor,
  angleOfAnchor,
  nearestAnchor,
  supplementOfAnchor
} from './half-plane-angle'
import { momentsOfPair, pairwiseSurrogate } from './pairwise-moments'
import { secondArgumentSurrogate } from './second-argument-surrogate'

const TINY = 1e-280
/** Below this tangent of the angle between u and v the difference of two near numbers is summed. */
const SMALL_TANGENT = 0.1

/** The moments of max(0, z) (Cho & Saul 2009; design/activations/relu.ts has the formulas). */
export function reluMoments(math: ActivationMath): BatchMoments {
  return {
    knowsDifference: true,
    knowsSum: false,
    isSlow: false,
    far: { smoothing: 0, advance: reluAdvance },
    moments: (pairs, count, out) => {
      const { second, derivative, difference } = out
      for (let p = 0; p < count; p++) {
        const c = pairs.c[p] ?? NaN
        if (!((pairs.a[p] ?? NaN) * (pairs.b[p] ?? NaN) > TINY)) {
          momentsOfPair(math, pairs, p, out)
          continue
        }
        const root = Math.sqrt(pairs.gram[p] ?? NaN)
        const anchor = nearestAnchor(root, c)
        const offset = angleFromAnchor(root, c, anchor)
        const share = ((supplementOfAnchor[anchor] ?? NaN) - offset) / (2 * Math.PI)
        second[p] = root / (2 * Math.PI) + share * c
        derivative[p] = share
        const angle = (angleOfAnchor[anchor] ?? NaN) + offset
        const t = root / c
        const excess = t > 0 && t < SMALL_TANGENT ? c * tangentExcess(t) : root - angle * c
        difference[p] = (pairs.distance[p] ?? NaN) / 2 - excess / Math.PI
      }
    },
    surrogate: (psi) =>
      psi.isEven ? secondArgumentSurrogate(0.5, psi) : pairwiseSurrogate(withSeries(math), psi)
  }
}

/** S⁺ = σ_w² √(ab) (√(1 − ρ²) + (π/2 + asin ρ) ρ)/(2π) + σ_b², and T⁺ with E φ′φ′ = ¼ + asin ρ/(2π). */
const reluAdvance: FarMoments['advance'] = (
  { nngp, ntk, slope, near },
  { root: first, roots, from },
  count,
  { weight, bias }
) => {
  const factor = weight / (2 * Math.PI)
  let anyNear = false
  for (let p = 0; p < count; p++) {
    const scale = first * (roots[from + p] ?? NaN)
    const rho = (nngp[p] ?? NaN) * scale
    const gap = 1 - rho * rho
    // NaN, of points without variance, is not far either.
    if (!(gap > LEAST_GAP)) {
      near[p] = 1
      anyNear = true
    }
    const root = Math.sqrt(gap)
    const angle = Math.PI / 2 + farAngle(rho, root)
    const next = bias + (factor * (root + angle * rho)) / scale
    const growth = factor * angle
    nngp[p] = next
    ntk[p] = next + growth * (ntk[p] ?? NaN)
    slope[p] = growth
  }
  return anyNear
}

/** t − arctan t for 0 < t < 0.1. */
function tangentExcess(t: number): number {
  const w = t * t
  const tail = 1 / 11 - w * (1 / 13 - w * (1 / 15 - w / 17))
  return t * w * (1 / 3 - w * (1 / 5 - w * (1 / 7 - w * (1 / 9 - w * tail))))
}
