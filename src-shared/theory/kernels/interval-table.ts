import { BATCH } from './pair-batch'

/** Intervals of equal width to each factor of two of the variable. */
const BITS = 4
const SHIFT = 20 - BITS
const INTERVALS = 2 ** (11 + BITS)
const DEGREE = 10
/** Coefficients, the interval's middle and the reciprocal of half its width. */
const STRIDE = DEGREE + 3
/** The last coefficients must be this small beside the function's least value in the interval. */
const TOLERANCE = 2e-15
/** In place of a start: not asked for yet; left to the function itself. */
const UNKNOWN = -1
const DIRECT = -2

const nodes = Float64Array.from({ length: DEGREE + 1 }, (_, i) =>
  Math.cos((Math.PI * (i + 0.5)) / (DEGREE + 1))
)

/** Where the coefficients for each argument of a call start, or DIRECT. */
const located = new Int32Array(BATCH)
const float = new Float64Array(1)
const words = new Uint32Array(float.buffer)
/** The place of a float64's sign and exponent among its two words. */
const high = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0

/**
 * A function of one variable q ≥ 0, tabulated as it is used: a polynomial on each of 16 intervals to
 * every factor of two, so that the relative accuracy is the same at all scales, also towards q = 0.
 *
 * On an interval from q₀ to 1.0625 q₀ at widest, a function whose only singularity is at 0 has
 * Chebyshev coefficients that fall by a factor of 66, to rounding at degree 10. Where the last two
 * are not that small beside the function's least value, the interval is left to the function itself.
 */
export class IntervalTable {
  /** Where each interval's coefficients start. */
  private readonly starts = new Int32Array(INTERVALS).fill(UNKNOWN)
  private coefficients = new Float64Array(64 * STRIDE)
  private used = 0

  /** @param exact the function, right to rounding and smooth on q > 0 */
  constructor(private readonly exact: (q: number) => number) {}

  /** The function at q[0] … q[count − 1], written into `out`; count is at most BATCH. */
  fill(q: Float64Array, count: number, out: Float64Array): void {
    // Apart from the loops that compile well: what is rare.
    if (this.locate(q, count)) {
      const { coefficients } = this
      for (let p = 0; p < count; p++) {
        out[p] = polynomial(coefficients, located[p] ?? NaN, q[p] ?? NaN)
      }
      return
    }
    for (let p = 0; p < count; p++) {
      const [value, start] = [q[p] ?? NaN, located[p] ?? NaN]
      out[p] = start === DIRECT ? this.exact(value) : polynomial(this.coefficients, start, value)
    }
  }

  /** Finds the coefficients for each argument; whether all have some. */
  private locate(q: Float64Array, count: number): boolean {
    const { starts } = this
    let areAll = true
    for (let p = 0; p < count; p++) {
      float[0] = q[p] ?? NaN
      const interval = (words[high] ?? 0) >>> SHIFT
      let start = starts[interval] ?? DIRECT
      if (start === UNKNOWN) start = starts[interval] = this.tabulate(interval)
      located[p] = start
      if (start === DIRECT) areAll = false
    }
    return areAll
  }

  /** What `starts` holds for an interval that is asked for the first time. */
  private tabulate(interval: number): number {
    const from = lowerEnd(interval)
    const to = lowerEnd(interval + 1)
    // Zero, subnormal numbers, infinity, negative numbers.
    if (!(from >= 1e-300 && to <= 1e300)) return DIRECT
    const middle = (from + to) / 2
    const half = (to - from) / 2
    const values = nodes.map((node) => this.exact(middle + half * node))
    const chebyshev = chebyshevCoefficients(values)
    const tail = Math.abs(chebyshev[DEGREE] ?? NaN) + Math.abs(chebyshev[DEGREE - 1] ?? NaN)
    const least = values.reduce((low, value) => Math.min(low, Math.abs(value)), Infinity)
    if (!(tail <= TOLERANCE * least)) return DIRECT
    const start = this.used
    this.used += STRIDE
    if (this.used > this.coefficients.length) {
      const larger = new Float64Array(2 * this.coefficients.length)
      larger.set(this.coefficients)
      this.coefficients = larger
    }
    this.coefficients.set(monomialCoefficients(chebyshev), start)
    this.coefficients[start + DEGREE + 1] = middle
    this.coefficients[start + DEGREE + 2] = 1 / half
    return start
  }
}

/** The polynomial of the interval whose coefficients start at `start`. */
function polynomial(c: Float64Array, start: number, q: number): number {
  const t = (q - (c[start + DEGREE + 1] ?? NaN)) * (c[start + DEGREE + 2] ?? NaN)
  const w = t * t
  // Two chains, of even and of odd powers, which a processor follows at once.
  let even = c[start + DEGREE] ?? NaN
  let odd = c[start + DEGREE - 1] ?? NaN
  even = even * w + (c[start + 8] ?? NaN)
  odd = odd * w + (c[start + 7] ?? NaN)
  even = even * w + (c[start + 6] ?? NaN)
  odd = odd * w + (c[start + 5] ?? NaN)
  even = even * w + (c[start + 4] ?? NaN)
  odd = odd * w + (c[start + 3] ?? NaN)
  even = even * w + (c[start + 2] ?? NaN)
  odd = odd * w + (c[start + 1] ?? NaN)
  even = even * w + (c[start] ?? NaN)
  return even + odd * t
}

function lowerEnd(interval: number): number {
  words[high] = interval << SHIFT
  words[1 - high] = 0
  return float[0] ?? NaN
}

/** The interpolating polynomial through the values at `nodes`, in Chebyshev polynomials. */
function chebyshevCoefficients(values: Float64Array): Float64Array {
  // Of the deviations from one value: the sums' rounding is then that much smaller.
  const reference = values[DEGREE >> 1] ?? NaN
  const coefficients = values.map((_, k) => {
    let total = 0
    values.forEach((value, i) => {
      total += (value - reference) * Math.cos((Math.PI * k * (i + 0.5)) / values.length)
    })
    return ((k === 0 ? 1 : 2) * total) / values.length
  })
  coefficients[0] = (coefficients[0] ?? NaN) + reference
  return coefficients
}

/** Powers of t for Chebyshev polynomials: harmless here, where coefficients fall faster than 2^−k. */
function monomialCoefficients(chebyshev: Float64Array): Float64Array {
  const total = new Float64Array(chebyshev.length)
  let previous = new Float64Array(chebyshev.length)
  let current = new Float64Array(chebyshev.length)
  previous[0] = 1
  current[1] = 1
  chebyshev.forEach((coefficient, k) => {
    const polynomial = k === 0 ? previous : current
    polynomial.forEach((value, power) => {
      total[power] = (total[power] ?? 0) + coefficient * value
    })
    if (k === 0) return
    const next = current.map(
      (_, power) => 2 * (power > 0 ? (current[power - 1] ?? 0) : 0) - (previous[power] ?? 0)
    )
    previous = current
    current = next
  })
  return total
}
