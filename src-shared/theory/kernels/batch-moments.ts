import type { SurrogateMath } from '../../design/surrogate-math'
import { BATCH, type PairBatch } from './pair-batch'

/** Moments of many pairs, in arrays of BATCH; ActivationMath says what each is. */
export interface MomentBatch {
  readonly second: Float64Array
  readonly derivative: Float64Array
  readonly difference: Float64Array
  readonly sum: Float64Array
}

/** E φ′(u)ψ(v) of an activation and a surrogate. */
export interface SurrogateMoments {
  /** Of the first `count` pairs into `out` and, with the arguments exchanged, `mirrored`. */
  readonly moments: (
    pairs: PairBatch,
    count: number,
    out: Float64Array,
    mirrored: Float64Array | null
  ) => void
  /**
   * Of the first `count` far pairs, the shorter way, where there is one.
   *
   * @returns what the numbers in `out` are to be multiplied with
   */
  readonly far?: (
    nngp: Float64Array,
    points: RowPoints,
    count: number,
    isExchanged: boolean,
    out: Float64Array
  ) => number
}

/** Far pairs (far-pairs.ts) of one first argument with consecutive second ones, on their way. */
export interface FarRow {
  /** S(x, x′) and T(x, x′) of the layer that was reached. */
  readonly nngp: Float64Array
  readonly ntk: Float64Array
  /** σ_w² E φ′(u)φ′(v) of the activation that was passed last. */
  readonly slope: Float64Array
  /** Not 0 where a pair was not far in some layer: its numbers are then meaningless. */
  readonly near: Uint8Array
}

/** The points of a row's pairs in one layer. */
export interface RowPoints {
  /** a and 1/√A of the first point. */
  readonly variance: number
  readonly root: number
  /** b and 1/√B of all second points. */
  readonly variances: Float64Array
  readonly roots: Float64Array
  /** The second point of pair 0. */
  readonly from: number
}

/** The way of far pairs through an activation. */
export interface FarMoments {
  /** k = 1/(2m²) of erf_m, otherwise 0. */
  readonly smoothing: number
  /**
   * Takes the first `count` pairs through the activation and the affine map after it.
   *
   * @param next σ_w² and σ_b² of that map
   * @returns whether any pair was marked as near
   */
  readonly advance: (row: FarRow, points: RowPoints, count: number, next: AffineSquares) => boolean
}

/** σ_w² and σ_b² of an affine map. */
export interface AffineSquares {
  readonly weight: number
  readonly bias: number
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
  readonly surrogate: (psi: SurrogateMath) => SurrogateMoments
}

/** Arrays to be filled. */
export function emptyMomentBatch(): MomentBatch {
  const array = (): Float64Array => new Float64Array(BATCH)
  return { second: array(), derivative: array(), difference: array(), sum: array() }
}
