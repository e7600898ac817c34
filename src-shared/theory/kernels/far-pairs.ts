/**
 * Pairs far from coinciding and from opposing one another, which nearly all pairs are: their moments
 * are smooth functions of the correlation ρ = c/√(AB), A = a + k, and plain subtraction loses less than
 * two digits of 1 − ρ². The others need what theory/moments/gaussian-pair.ts carries.
 */

/** Below this 1 − ρ² a pair is not far. */
export const LEAST_GAP = 0.05
/** Anchors between ρ = 0 and 1. */
const ANCHORS = 128

const sines = Float64Array.from({ length: 2 * ANCHORS + 1 }, (_, i) => (i - ANCHORS) / ANCHORS)
const cosines = sines.map((sine) => Math.sqrt((1 - sine) * (1 + sine)))
const anchorAngles = sines.map(Math.asin)

/** 1/√(variance + k) of every point. */
export function reciprocalRoots(variances: Float64Array, smoothing: number): Float64Array {
  return variances.map((variance) => 1 / Math.sqrt(variance + smoothing))
}

/**
 * asin ρ for a far pair, within 2e-16 of Math.asin: of the nearest anchor ρ₀, plus asin δ,
 * δ = ρ√(1 − ρ₀²) − ρ₀√(1 − ρ²), |δ| < 0.018, by its series.
 *
 * @param root √(1 − ρ²)
 */
export function farAngle(rho: number, root: number): number {
  const anchor = (rho * ANCHORS + (ANCHORS + 0.5)) | 0
  const d = rho * (cosines[anchor] ?? NaN) - root * (sines[anchor] ?? NaN)
  const w = d * d
  return (anchorAngles[anchor] ?? NaN) + d + d * w * (1 / 6 + w * (3 / 40 + w * (15 / 336)))
}
