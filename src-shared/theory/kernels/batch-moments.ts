import type { SurrogateMath } from '../../design/surrogate-math'
import { BATCH, type PairBatch } from './pair-batch'

/** Moments of many pairs, in arrays of BATCH; ActivationMath says what each is. */
export interface MomentBatch {
  readonly second: Float64Array
  readonly derivative: Float64Array
  readonly difference: Float64Array
  readonly sum: Float64Array
}

/** E φ′(u)ψ(v) of the first `count` pairs into `out` and, with the arguments exchanged, `mirrored`. */
export type SurrogateBatchMoment = (
  pairs: PairBatch,
  count: number,
  out: Float64Array,
  mirrored: Float64Array | null
) => void

/**
 * An activation's moments for many pairs at once: the same numbers as the moments of ActivationMath
 * for a single pair, to rounding, in loops that compile well.
 */
export interface BatchMoments {
  /** Fills in `difference` and `sum`, which are otherwise formed by subtraction. */
  readonly knowsDifference: boolean
  readonly knowsSum: boolean
  /** One pair takes microseconds and more: fewer of them go into a piece of work. */
  readonly isSlow: boolean
  /** The moments of the first `count` pairs. */
  readonly moments: (pairs: PairBatch, count: number, out: MomentBatch) => void
  /** The moment with a surrogate, with what is worth tabulating for it. */
  readonly surrogate: (psi: SurrogateMath) => SurrogateBatchMoment
}

/** Arrays to be filled. */
export function emptyMomentBatch(): MomentBatch {
  const array = (): Float64Array => new Float64Array(BATCH)
  return { second: array(), derivative: array(), difference: array(), sum: array() }
}
