import type { Matrix } from '../design/dataset'
import type { TrainingTime } from '../design/training-time'
import type { LinearAlgebra } from './linear-algebra'
import { combine, identityMatrix, scaled } from './matrix-arithmetic'
import type { Stepwise } from './stepwise'

/**
 * What training for some time does to the outputs, linear in them.
 *
 * With the loss ½ Σ (f − y)²: f(X) = y + P (f₀(X) − y) and f(T) = f₀(T) − K(T,X) Φ (f₀(X) − y).
 * After k steps P = (1 − ηK)^k and Φ = η Σ_{j<k} (1 − ηK)^j; after time t of gradient flow
 * P = exp(−ηtK) and Φ = η ∫₀ᵗ exp(−ηsK) ds. Φ is K⁻¹(1 − P) where K is invertible, but exists for
 * any K.
 */
export interface Propagator {
  /** P, N×N. */
  readonly residual: Matrix
  /** Φ, N×N. */
  readonly response: Matrix
}

/** P, and Φ where it is followed along: that doubles the work. */
export interface Passage {
  readonly residual: Matrix
  readonly response: Matrix | null
}

/** Gradient descent in function space under one kernel K(X, X), at whatever time is asked for. */
export interface Dynamics {
  /** Zero is an eigenvalue, to rounding. */
  readonly singular: boolean
  /** The spectral projector on the components that are never trained; null where there are none. */
  readonly untrained: Matrix | null
  /** Whether gradient flow comes to an end, so that t = ∞ may be asked for. */
  converges(): boolean
  /** P and Φ at one time, Φ without the τ Π₀ of the components that are never trained. */
  at(time: TrainingTime): Stepwise<Propagator>
}

/** Training of no duration. */
export function restingPropagator(n: number): Propagator {
  const unit = identityMatrix(n)
  return { residual: unit, response: scaled(0, unit) }
}

/** First one, then the other: P_{a+b} = P_a P_b and Φ_{a+b} = Φ_a + P_a Φ_b. */
export function joined(first: Passage, second: Passage, algebra: LinearAlgebra): Passage {
  const residual = algebra.multiply(first.residual, second.residual)
  if (!first.response || !second.response) return { residual, response: null }
  const later = algebra.multiply(first.residual, second.response)
  return { residual, response: combine(1, first.response, 1, later) }
}

/**
 * The passage of 2^doublings times the duration of `base`. Ends early where nothing changes any
 * more, or has left the range of numbers.
 */
export function* doubled(
  base: Passage,
  doublings: number,
  algebra: LinearAlgebra
): Stepwise<Passage> {
  let current = base
  for (let i = 0; i < doublings; i++) {
    yield
    const { values } = current.residual
    if (values.every((value) => value === 0) || !values.every(Number.isFinite)) return current
    current = joined(current, current, algebra)
  }
  return current
}
