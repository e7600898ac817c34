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

/** What is known of a batch of far pairs (far-pairs.ts) before an activation. */
export interface AngleBatch {
  /** 1/√(AB). */
  readonly scale: Float64Array
  readonly correlation: Float64Array
  /** √(1 − ρ²). */
  readonly root: Float64Array
  /** asin ρ. */
  readonly angle: Float64Array
  /** Not 0 where a pair was not far in some layer: its numbers are then meaningless. */
  readonly near: Uint8Array
}

/** The moments of an activation for far pairs. */
export interface FarMoments {
  /** k = 1/(2m²) of erf_m, otherwise 0. */
  readonly smoothing: number
  /** Fills `second` and `derivative` of the first `count` pairs. */
  readonly moments: (angles: AngleBatch, count: number, out: MomentBatch) => void
}

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
  /** The shorter way for pairs far from coinciding and opposing, where there is one. */
  readonly far?: FarMoments
  /** The moment with a surrogate, with what is worth tabulating for it. */
  readonly surrogate: (psi: SurrogateMath) => SurrogateBatchMoment
}

/** Arrays to be filled. */
export function emptyMomentBatch(): MomentBatch {
  const array = (): Float64Array => new Float64Array(BATCH)
  return { second: array(), derivative: array(), difference: array(), sum: array() }
}
