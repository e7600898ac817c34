/** A limit read from a sequence, with an estimate of its own error. */
export interface Limit {
  readonly value: number
  /** The distance from the last term: what the extrapolation has added. */
  readonly error: number
}

/**
 * The limit of f(m) for m → ∞ from f at two m, one `ratio` times the other, whose corrections fall as
 * 1/m: Richardson's (ratio f(ratio·m) − f(m))/(ratio − 1). What is left falls as 1/m².
 */
export function richardson(earlier: number, later: number, ratio: number): Limit {
  const value = (ratio * later - earlier) / (ratio - 1)
  return { value, error: Math.abs(value - later) }
}

/** The exponent p of f ∝ m^p between two m, one `ratio` times the other. */
export function localExponent(earlier: number, later: number, ratio: number): number {
  return Math.log(later / earlier) / Math.log(ratio)
}
