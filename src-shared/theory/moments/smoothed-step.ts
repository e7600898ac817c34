import erf from '@stdlib/math-base-special-erf'
import type { GaussianPair } from './gaussian-pair'
import { owenFromPole, owenFromZero } from './owen-integral'

/**
 * Gaussian moments of s(z) = sign(z − θ) and of its smoothed form erf(m(z − θ)).
 *
 * erf(m(z − θ)) = E sign(z + e − θ) with an independent e ~ N(0, k), k = 1/(2m²). So every formula
 * for erf_m is the formula for sign with a → a + k, b → b + k and c unchanged; k = 0 is sign itself
 * (docs/maths.md, "One trick").
 */
export interface SmoothedStep {
  /** k = 1/(2m²) ≥ 0; 0 for sign. */
  readonly smoothing: number
  /** θ. */
  readonly theta: number
}

/** E s(u) for u ~ N(0, variance). */
export function stepMean({ smoothing, theta }: SmoothedStep, variance: number): number {
  if (theta === 0) return 0
  return -erf(theta / Math.sqrt(2 * (variance + smoothing)))
}

/** E s(u) s(v): (2/π) atan2(c, √det) for θ = 0, otherwise Owen's one-dimensional integral. */
export function stepSecondMoment(step: SmoothedStep, pair: GaussianPair): number {
  const { smoothing: k, theta } = step
  const root = Math.sqrt(determinant(k, pair))
  if (theta === 0) return (2 / Math.PI) * Math.atan2(pair.c, root)
  const A = pair.a + k
  const B = pair.b + k
  if (A === 0 || B === 0) return stepMean(step, pair.a) * stepMean(step, pair.b)
  const h = theta / Math.sqrt(A)
  const q = theta / Math.sqrt(B)
  const angle = Math.atan2(pair.c, root)
  if (angle > 1) return 1 - complement(h, q, angle)
  if (angle < -1) {
    const opposed = Math.abs(erf(h / Math.SQRT2) + erf(q / Math.SQRT2))
    return opposed - 1 + (2 / Math.PI) * owenFromPole(h, q, -1, Math.PI / 2 + angle)
  }
  return erf(h / Math.SQRT2) * erf(q / Math.SQRT2) + (2 / Math.PI) * owenFromZero(h, q, angle)
}

/** E (s(u) − s(v))² for the true step (smoothing 0), free of cancellation near u = v. */
export function stepDifferenceMoment(theta: number, pair: GaussianPair): number {
  const root = Math.sqrt(pair.gram)
  if (pair.a === 0 || pair.b === 0) {
    if (theta !== 0) return 2 - 2 * stepSecondMoment({ smoothing: 0, theta }, pair)
    return (pair.a === 0 ? 0 : 1) + (pair.b === 0 ? 0 : 1)
  }
  if (theta === 0) return (4 / Math.PI) * Math.atan2(root, pair.c)
  const h = theta / Math.sqrt(pair.a)
  const q = theta / Math.sqrt(pair.b)
  const angle = Math.atan2(pair.c, root)
  if (angle > 1) return 2 * complement(h, q, angle)
  return 2 - 2 * stepSecondMoment({ smoothing: 0, theta }, pair)
}

/** E (s(u) + s(v))² for the true step with θ = 0, free of cancellation near u = −v. */
export function stepSumMoment(pair: GaussianPair): number {
  if (pair.a === 0 || pair.b === 0) return (pair.a === 0 ? 0 : 1) + (pair.b === 0 ? 0 : 1)
  return (4 / Math.PI) * Math.atan2(Math.sqrt(pair.gram), -pair.c)
}

/**
 * E s′(u) s′(v) = (2/π) det^(−1/2) exp(−θ²(A + B − 2c)/(2 det)).
 *
 * +∞ where a true step meets coinciding or collinear inputs: the divergence that makes the plain
 * NTK of sign networks singular.
 */
export function stepDerivativeMoment(
  { smoothing, theta }: SmoothedStep,
  pair: GaussianPair
): number {
  const det = determinant(smoothing, pair)
  if (theta === 0) return 2 / (Math.PI * Math.sqrt(det))
  if (pair.a + smoothing === 0 || pair.b + smoothing === 0) return 0
  const spread = pair.distance + 2 * smoothing
  if (det === 0) return spread === 0 ? Infinity : 0
  return (2 / (Math.PI * Math.sqrt(det))) * Math.exp((-theta * theta * spread) / (2 * det))
}

/**
 * E s′(u) ψ(v) = 2/√(2πA) · exp(−θ²/(2A)) · E ψ(μ + σZ), with μ = cθ/A and
 * σ² = (ab − c² + kb)/A: the true derivative pins u near θ, and v given u is Gaussian.
 *
 * @param gaussianMean (mean, deviation) ↦ E ψ(mean + deviation·Z), Z ~ N(0, 1)
 */
export function stepSurrogateMoment(
  { smoothing, theta }: SmoothedStep,
  pair: GaussianPair,
  gaussianMean: (mean: number, deviation: number) => number
): number {
  const A = pair.a + smoothing
  if (A === 0) return theta === 0 ? Infinity : 0
  const height = (2 / Math.sqrt(2 * Math.PI * A)) * Math.exp((-theta * theta) / (2 * A))
  const deviation = Math.sqrt((pair.gram + smoothing * pair.b) / A)
  return height * gaussianMean((pair.c * theta) / A, deviation)
}

/** (a+k)(b+k) − c² as a sum of non-negative terms. */
function determinant(k: number, pair: GaussianPair): number {
  return pair.gram + k * (pair.a + pair.b) + k * k
}

/** 1 − E s(u)s(v) as a sum of non-negative terms: the part at correlation 1, and the way back to it. */
function complement(h: number, q: number, angle: number): number {
  const between = Math.abs(erf(h / Math.SQRT2) - erf(q / Math.SQRT2))
  return between + (2 / Math.PI) * owenFromPole(h, q, 1, Math.PI / 2 - angle)
}
