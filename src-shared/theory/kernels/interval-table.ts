/** Intervals of equal width to each factor of two of the variable. */
const BITS = 2
const SHIFT = 20 - BITS
const INTERVALS = 2 ** (11 + BITS)
const DEGREE = 13
/** Coefficients, the interval's middle and the reciprocal of half its width. */
const STRIDE = DEGREE + 3
/** The last coefficients must be this small beside the function's least value in the interval. */
const TOLERANCE = 2e-16
const DIRECT = -1

const nodes = Float64Array.from({ length: DEGREE + 1 }, (_, i) =>
  Math.cos((Math.PI * (i + 0.5)) / (DEGREE + 1))
)

const float = new Float64Array(1)
const words = new Uint32Array(float.buffer)
/** The place of a float64's sign and exponent among its two words. */
const high = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0

/**
 * A function of one variable q ≥ 0, tabulated as it is used: a polynomial on each of four intervals
 * to every factor of two, so that the relative accuracy is the same at all scales, also towards q = 0.
 *
 * On an interval from q₀ to 1.25 q₀ at widest, a function whose only singularity is at 0 has
 * Chebyshev coefficients that fall by a factor of 18, to rounding at degree 13. Where the last two
 * are not that small beside the function's least value, the interval is left to the function itself.
 */
export class IntervalTable {
  /** Where each interval's coefficients start, plus 1; 0 where it has not been asked for yet. */
  private readonly starts = new Int32Array(INTERVALS)
  private coefficients = new Float64Array(64 * STRIDE)
  private used = 0

  /** @param exact the function, right to rounding and smooth on q > 0 */
  constructor(private readonly exact: (q: number) => number) {}

  /** The function at q. */
  at(q: number): number {
    float[0] = q
    const interval = (words[high] ?? 0) >>> SHIFT
    const start = (this.starts[interval] ?? DIRECT) - 1
    if (start < 0) return this.elsewhere(q, interval)
    const c = this.coefficients
    const t = (q - (c[start + DEGREE + 1] ?? 0)) * (c[start + DEGREE + 2] ?? 0)
    const tt = t * t
    // Two chains of even and odd powers: half as long as one.
    const even =
      (c[start] ?? 0) +
      tt *
        ((c[start + 2] ?? 0) +
          tt *
            ((c[start + 4] ?? 0) +
              tt *
                ((c[start + 6] ?? 0) +
                  tt *
                    ((c[start + 8] ?? 0) +
                      tt * ((c[start + 10] ?? 0) + tt * (c[start + 12] ?? 0))))))
    const odd =
      (c[start + 1] ?? 0) +
      tt *
        ((c[start + 3] ?? 0) +
          tt *
            ((c[start + 5] ?? 0) +
              tt *
                ((c[start + 7] ?? 0) +
                  tt *
                    ((c[start + 9] ?? 0) +
                      tt * ((c[start + 11] ?? 0) + tt * (c[start + 13] ?? 0))))))
    return even + t * odd
  }

  private elsewhere(q: number, interval: number): number {
    if (this.starts[interval] === 0) this.starts[interval] = this.tabulate(interval)
    return this.starts[interval] === DIRECT || Number.isNaN(q) ? this.exact(q) : this.at(q)
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
    return start + 1
  }
}

function lowerEnd(interval: number): number {
  words[high] = interval << SHIFT
  words[1 - high] = 0
  return float[0] ?? NaN
}

/** The interpolating polynomial through the values at `nodes`, in Chebyshev polynomials. */
function chebyshevCoefficients(values: Float64Array): Float64Array {
  return values.map((_, k) => {
    let total = 0
    values.forEach((value, i) => {
      total += value * Math.cos((Math.PI * k * (i + 0.5)) / values.length)
    })
    return ((k === 0 ? 1 : 2) * total) / values.length
  })
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
