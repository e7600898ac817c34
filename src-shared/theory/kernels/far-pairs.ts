import type { AngleBatch } from './batch-moments'
import { BATCH, type PairRange } from './pair-batch'

/**
 * Pairs far from coinciding and from opposing one another, which nearly all pairs are: their moments
 * are smooth functions of the correlation ρ = c/√(AB), A = a + k, and plain subtraction loses less than
 * two digits of 1 − ρ². The others need what theory/moments/gaussian-pair.ts carries.
 */

/** Below this 1 − ρ² a pair is not far. */
const LEAST_GAP = 0.05
/** Anchors between ρ = 0 and 1. */
const ANCHORS = 128

const sines = Float64Array.from({ length: 2 * ANCHORS + 1 }, (_, i) => (i - ANCHORS) / ANCHORS)
const cosines = sines.map((sine) => Math.sqrt((1 - sine) * (1 + sine)))
const anchorAngles = sines.map(Math.asin)

/** A batch to be filled. */
export function emptyAngleBatch(): AngleBatch {
  const array = (): Float64Array => new Float64Array(BATCH)
  return {
    scale: array(),
    correlation: array(),
    root: array(),
    angle: array(),
    near: new Uint8Array(BATCH)
  }
}

/** 1/√(variance + k) of every point. */
export function reciprocalRoots(variances: Float64Array, smoothing: number): Float64Array {
  return variances.map((variance) => 1 / Math.sqrt(variance + smoothing))
}

/**
 * Fills a batch from the covariances c of a range's pairs and its points' reciprocal roots.
 *
 * asin ρ is that of the nearest anchor ρ₀ plus asin δ, δ = ρ√(1 − ρ₀²) − ρ₀√(1 − ρ²), |δ| < 0.018, by
 * its series: within 2e-16 of Math.asin.
 */
export function fillAngles(
  c: Float64Array,
  firstRoots: Float64Array,
  secondRoots: Float64Array,
  { first, second, count, diagonal }: PairRange,
  { scale, correlation, root, angle, near }: AngleBatch
): void {
  for (let p = 0; p < count; p++) {
    const firstRoot = firstRoots[diagonal ? first + p : first] ?? NaN
    const product = firstRoot * (secondRoots[second + p] ?? NaN)
    const rho = (c[p] ?? NaN) * product
    const gap = 1 - rho * rho
    // NaN, of points without variance, is not far either.
    if (!(gap > LEAST_GAP)) near[p] = 1
    const side = Math.sqrt(gap)
    const anchor = (rho * ANCHORS + (ANCHORS + 0.5)) | 0
    const d = rho * (cosines[anchor] ?? NaN) - side * (sines[anchor] ?? NaN)
    const w = d * d
    scale[p] = product
    correlation[p] = rho
    root[p] = side
    angle[p] = (anchorAngles[anchor] ?? NaN) + d + d * w * (1 / 6 + w * (3 / 40 + w * (15 / 336)))
  }
}
