/** Coefficients from `from` to `to` − 1, written into `out` at their places. */
export type Coefficients = (from: number, to: number, out: Float64Array) => void

/** Coefficients are added in blocks of so many, and then in blocks that double their number. */
const BLOCK = 32
/** The error, relative to √(E f² E g²) and to the result itself, up to which a series is good enough. */
const TOLERANCE = 1e-13
const RELATIVE_TOLERANCE = 1e-11
/** Results below this share of √(E f² E g²) may have cancelled. */
const CANCELLED = 1e-4
/** Terms whose sum of magnitudes is below this share of it are zeros, by symmetry. */
const ZERO = 1e-14
/** Powers of ρ below this share of the first two terms add nothing. */
const NEGLIGIBLE = 1e-17
/** Remainders below this share of E f² are differences that rounding spoils. */
const TELLABLE = 1e-12
/** Blocks of coefficients below this share of E f² are rounding. */
const ROUNDING = 1e-31
/** Coefficients that fall as n^(−3/4), as those of a jump do, leave 8 times their last quarter. */
const LEFT = 8
/** Remainders of functions with kinks fall no faster than as n to this power. */
const STEEPEST = 4
/** Those of smooth functions fall no faster than so many times as fast as they have fallen last. */
const ACCELERATION = 2

/** What is known of a function of a normal variable. */
export interface ExpandedFunction {
  /** E f²; for a δ the square of its first coefficient, which errors are measured against. */
  readonly square: number
  /** E f² is right to rounding also where it is small beside f's own values. */
  readonly isSquareExact: boolean
  /** The number of coefficients that can be had. */
  readonly most: number
  readonly fill: Coefficients
  /** Its coefficients may fall exponentially. */
  readonly isSmooth: boolean
  /** Of a δ, which has no E f²: no coefficient is larger. */
  readonly bound?: number
}

/** A function of √variance·Z in normalised Hermite polynomials, as far as it has been asked for. */
export class HermiteSeries {
  /** E f Heₙ(Z)/√n!; the first `length` are there. */
  coefficients = new Float64Array(0)
  length = 0
  /** Σ of the squares of the coefficients that are not there, and what it was at half the length. */
  private remainder: number
  private remainderBefore = Infinity
  private kept = 0
  private isComplete = false

  constructor(readonly f: ExpandedFunction) {
    this.remainder = f.square
  }

  /** An upper bound of Σ fₙ² over n ≥ terms, of a δ of Σ fₙ² ρ^(2(n − terms)). */
  leftFrom(terms: number, correlation: number): number {
    const { bound, square } = this.f
    if (bound !== undefined) return (bound * bound) / (1 - correlation * correlation)
    return terms < this.length ? square : this.remainder
  }

  /** A lower bound, likely at least, of what will be left from `terms` on, more than there are. */
  leastLeftFrom(terms: number, correlation: number): number {
    const { length, remainder, remainderBefore } = this
    if (this.f.bound !== undefined) return this.leftFrom(length, correlation)
    if (terms <= length) return remainder
    if (!this.f.isSmooth) return remainder * (length / terms) ** STEEPEST
    if (!(remainderBefore < this.f.square)) return 0
    const halves = (terms - length) / (length / 2)
    return remainder * Math.min(1, remainder / remainderBefore) ** (ACCELERATION * halves)
  }

  /** Adds coefficients; false where there are no more. */
  extend(): boolean {
    const { square, most, fill, bound } = this.f
    const from = this.length
    if (this.isComplete || from >= most) return false
    const to = Math.min(most, Math.max(BLOCK, 2 * from))
    const longer = new Float64Array(to)
    longer.set(this.coefficients)
    fill(from, to, longer)
    this.coefficients = longer
    this.length = to
    if (bound !== undefined) return true
    this.kept += energy(longer, from, to)
    const left = square - this.kept
    const tail = energy(longer, (3 * to) / 4, to)
    // A function that oscillates may have its largest coefficients last.
    this.isComplete = tail <= ROUNDING * square && left <= TELLABLE * square
    this.remainderBefore = this.remainder
    this.remainder = left > TELLABLE * square ? left : LEFT * tail
    return true
  }
}

function energy(coefficients: Float64Array, from: number, to: number): number {
  let total = 0
  for (let n = from; n < to; n++) total += (coefficients[n] ?? NaN) ** 2
  return total
}

/**
 * E f(u)g(v) = Σ fₙ gₙ ρⁿ for u and v of correlation ρ (Mehler's formula); null where the terms left
 * out, at most |ρ|^n √(remainders), may exceed 1e-13 of √(E f² E g²) or 1e-11 of the result.
 */
export function seriesExpectation(
  f: HermiteSeries,
  g: HermiteSeries,
  correlation: number
): number | null {
  const size = Math.abs(correlation)
  if (!(size <= 1)) return null
  const level = Math.sqrt(f.f.square * g.f.square)
  const most = Math.min(f.f.most, g.f.most)
  const least = TOLERANCE * level
  let terms = Math.min(f.length, g.length)
  let left = leftOut(f, g, terms, size)
  while (!(left <= least)) {
    const best = Math.sqrt(f.leastLeftFrom(most, size) * g.leastLeftFrom(most, size))
    if (!(size ** most * best <= least)) return null
    const isGrown = f.length <= g.length ? f.extend() : g.extend()
    if (!isGrown) return null
    terms = Math.min(f.length, g.length)
    left = leftOut(f, g, terms, size)
  }
  const needed = size < 1 ? 2 + Math.ceil(Math.log(NEGLIGIBLE) / Math.log(size)) : terms
  const count = Math.min(terms, needed)
  const value = mehlerSum(f.coefficients, g.coefficients, correlation, count)
  if (Math.abs(value) > CANCELLED * level && left <= RELATIVE_TOLERANCE * Math.abs(value))
    return value
  const magnitude = magnitudeOf(f.coefficients, g.coefficients, size, count)
  if (magnitude <= ZERO * level) return value
  const isKept = Math.abs(value) > CANCELLED * magnitude
  return isKept && left <= RELATIVE_TOLERANCE * Math.abs(value) ? value : null
}

/** |ρ|^n √(remainders), n the number of terms. */
function leftOut(f: HermiteSeries, g: HermiteSeries, terms: number, size: number): number {
  return size ** terms * Math.sqrt(f.leftFrom(terms, size) * g.leftFrom(terms, size))
}

/** Σ |fₙ gₙ ρⁿ|. */
function magnitudeOf(f: Float64Array, g: Float64Array, size: number, count: number): number {
  let [total, power] = [0, 1]
  for (let n = 0; n < count; n++) {
    total += Math.abs((f[n] ?? NaN) * (g[n] ?? NaN)) * power
    power *= size
  }
  return total
}

/** Even and odd powers side by side, which a processor follows at once. */
function mehlerSum(f: Float64Array, g: Float64Array, correlation: number, count: number): number {
  const square = correlation * correlation
  let [even, odd, power] = [0, 0, 1]
  for (let n = 0; n < count; n += 2) {
    even += (f[n] ?? NaN) * (g[n] ?? NaN) * power
    odd += (f[n + 1] ?? NaN) * (g[n + 1] ?? NaN) * power
    power *= square
  }
  return even + correlation * odd
}
