import { z } from 'zod'
import { scaleToNorm } from '../../matrix'
import { normalTarget } from '../draw'

/** Orthogonal polynomials of one direction: degree k, unit mean square over the inputs. */
export const polynomialTarget = z.strictObject({
  name: z.literal('polynomial'),
  degree: z.int('degree must be a whole number').min(1).max(20)
})

/** A direction drawn uniformly from the unit sphere of d dimensions. */
export function drawnDirection(seed: number, dimension: number): Float64Array {
  const direction = normalTarget(seed, 0, dimension)
  scaleToNorm(direction, 1)
  return direction
}

/** The scalar product of a direction and a point. */
export function projection(direction: Float64Array, point: Float64Array): number {
  return direction.reduce((sum, component, i) => sum + component * (point[i] ?? NaN), 0)
}

/**
 * The zonal spherical harmonic of degree k ≥ 1 in d ≥ 2 dimensions as a function of t = w·x with
 * |w| = |x| = 1, scaled to mean square 1 over the sphere: √N P_k(t), where P_k is the Legendre
 * polynomial in d dimensions with P_k(1) = 1, and N = (2k+d−2)/k · C(k+d−3, k−1) the number of
 * independent harmonics of its degree (Müller, Spherical Harmonics, 1966: E P_k² = 1/N).
 *
 * Every rotation-invariant kernel has it as an eigenfunction.
 */
export function sphericalHarmonic(degree: number, dimension: number, t: number): number {
  let [before, current] = [1, t]
  for (let n = 1; n < degree; n++) {
    const next = ((2 * n + dimension - 2) * t * current - n * before) / (n + dimension - 2)
    before = current
    current = next
  }
  return Math.sqrt(harmonicCount(degree, dimension)) * current
}

function harmonicCount(degree: number, dimension: number): number {
  let binomial = 1
  for (let i = 1; i < degree; i++) binomial *= (dimension - 2 + i) / i
  return ((2 * degree + dimension - 2) / degree) * binomial
}

/** The Hermite polynomial He_k(t)/√k!, of mean square 1 for t ~ N(0, 1). */
export function hermite(degree: number, t: number): number {
  let [before, current] = [1, t]
  // Recurrence of the scaled polynomials: √(n+1) h_{n+1} = t h_n − √n h_{n−1}.
  for (let n = 1; n < degree; n++) {
    const next = (t * current - Math.sqrt(n) * before) / Math.sqrt(n + 1)
    before = current
    current = next
  }
  return current
}
