import type { SurrogateMath } from '../../design/surrogate-math'
import { conditionalExpectation } from './conditional-expectation'
import type { GaussianPair } from './gaussian-pair'
import { gaussianExpectation, smoothPairExpectation } from './quadrature'

/** τ(z) = tanh(β(z − θ)); the logistic function is (1 + τ)/2. */
export interface SmoothSign {
  readonly beta: number
  readonly theta: number
}

/** E τ(u) for u ~ N(0, variance). */
export function tanhMean({ beta, theta }: SmoothSign, variance: number): number {
  if (theta === 0) return 0
  const root = Math.sqrt(variance)
  return gaussianExpectation((z) => Math.tanh(beta * (root * z - theta)), 1 / (beta * root))
}

/** E τ(u)τ(v), by quadrature to rounding. */
export function tanhSecondMoment({ beta, theta }: SmoothSign, pair: GaussianPair): number {
  const tau = (z: number): number => Math.tanh(beta * (z - theta))
  return smoothPairExpectation(pair, tau, tau, strip(beta))
}

/** E τ′(u)τ′(v), by quadrature to rounding. */
export function tanhDerivativeMoment({ beta, theta }: SmoothSign, pair: GaussianPair): number {
  const slope = (z: number): number => tanhSlope(beta, z - theta)
  return smoothPairExpectation(pair, slope, slope, strip(beta))
}

/** E τ′(u)ψ(v). */
export function tanhSurrogateMoment(
  { beta, theta }: SmoothSign,
  pair: GaussianPair,
  surrogate: SurrogateMath
): number {
  const evaluate = (z: number): number => tanhSlope(beta, z - theta)
  return conditionalExpectation(pair, { evaluate, breaks: [theta], scale: 1 / beta }, surrogate)
}

/** Distance of the poles of tanh(βz) from the real axis. */
function strip(beta: number): number {
  return Math.PI / (2 * beta)
}

/** β(1 − tanh²(βz)). */
function tanhSlope(beta: number, z: number): number {
  const value = Math.tanh(beta * z)
  return beta * (1 - value * value)
}
