import erfc from '@stdlib/math-base-special-erfc'
import { HermiteSeries } from './hermite-series'

/** Where a piecewise linear function jumps, and where its slope does. */
export interface Break {
  readonly at: number
  readonly jump: number
  readonly kink: number
}

/** f: linear between its breaks. */
export interface LinearPieces {
  /** Left of all breaks f(z) = value + slope·z. */
  readonly value: number
  readonly slope: number
  /** From left to right. */
  readonly breaks: readonly Break[]
}

/** area · the normal density of mean `at` and variance `smoothing`; at smoothing 0 area · δ(z − at). */
export interface Bump {
  readonly area: number
  readonly at: number
  readonly smoothing: number
}

/** Coefficients cost a few operations each. */
const MOST = 2048
const ROOT_TWO_PI = Math.sqrt(2 * Math.PI)
const roots = Float64Array.from({ length: MOST }, (_, n) => Math.sqrt(n))
/** Breaks nearer to one another cancel too many digits. */
const NEAREST = 0.01
/** |Heₙ(x)|/√n! ≤ 1.0865 e^(x²/4) (Abramowitz & Stegun 22.14.17). */
const LARGEST = 1.0865

/**
 * The Hermite series of piecewise linear f at a variance a, exactly: with xᵢ = tᵢ/√a, n the normal
 * density and hₙ = Heₙ/√n!, integration by parts leaves
 * fₙ = Σᵢ n(xᵢ) [Jᵢ hₙ₋₁(xᵢ)/√n + √a γᵢ hₙ₋₂(xᵢ)/√(n(n−1))] for n ≥ 2, Jᵢ the jumps and γᵢ the kinks.
 *
 * @param mean E f, which cancels nothing
 * @returns null where breaks are so near to one another that digits would cancel
 */
export function piecesSeries(
  pieces: LinearPieces,
  variance: number,
  mean: number
): HermiteSeries | null {
  const root = Math.sqrt(variance)
  const { breaks, slope } = pieces
  const isNear = breaks.some(({ at }, i) => at - (breaks[i - 1]?.at ?? -Infinity) < NEAREST * root)
  if (isNear) return null
  const knots = breaks.map(({ at, jump, kink }) => {
    const x = at / root
    const density = Math.exp((-x * x) / 2) / ROOT_TWO_PI
    return { jump: jump * density, kink: root * kink * density, rows: hermiteValues(x) }
  })
  const meanSlope = piecesMean(slopeOf({ value: 0, slope, breaks }), variance)
  return new HermiteSeries({
    square: squareOf(pieces, root),
    isSquareExact: false,
    most: MOST,
    isSmooth: breaks.length === 0,
    fill: (from, to, out) => {
      for (let n = from; n < to; n++) {
        let total = n === 1 ? root * meanSlope : 0
        for (const { jump, kink, rows } of knots) {
          total += (jump * rows(n - 1)) / Math.sqrt(n)
          if (n > 1) total += (kink * rows(n - 2)) / Math.sqrt(n * (n - 1))
        }
        out[n] = n === 0 ? mean : total
      }
    }
  })
}

/** f′ without the δ at jumps. */
export function slopeOf({ slope, breaks }: LinearPieces): LinearPieces {
  return {
    value: slope,
    slope: 0,
    breaks: breaks.map(({ at, kink }) => ({ at, jump: kink, kink: 0 }))
  }
}

/** E f(√variance·Z). */
export function piecesMean({ value, breaks }: LinearPieces, variance: number): number {
  const root = Math.sqrt(variance)
  return breaks.reduce((total, { at, jump, kink }) => {
    const x = at / root
    const ramp = (root * Math.exp((-x * x) / 2)) / ROOT_TWO_PI
    return total + ((jump - kink * at) * erfc(x / Math.SQRT2)) / 2 + kink * ramp
  }, value)
}

/**
 * The Hermite series of a bump at a variance a: with A = a + smoothing and x = at/√A,
 * fₙ = (area/√A) n(x) hₙ(x) (a/A)^(n/2).
 */
export function bumpSeries({ area, at, smoothing }: Bump, variance: number): HermiteSeries {
  const root = Math.sqrt(variance + smoothing)
  const x = at / root
  const level = area / (root * ROOT_TWO_PI)
  const first = level * Math.exp((-x * x) / 2)
  const values = hermiteValues(x)
  const ratio = Math.sqrt(variance) / root
  return new HermiteSeries({
    ...(smoothing === 0
      ? {
          square: first * first,
          isSquareExact: false,
          bound: LARGEST * level * Math.exp((-x * x) / 4)
        }
      : { square: bumpSquare({ area, at, smoothing }, variance), isSquareExact: true }),
    most: MOST,
    isSmooth: smoothing > 0,
    fill: (from, to, out) => {
      let power = ratio ** from
      for (let n = from; n < to; n++, power *= ratio) out[n] = first * power * values(n)
    }
  })
}

/** E f² of a bump of positive smoothing k: f² is one of half the smoothing and area area²/(2√(πk)). */
function bumpSquare({ area, at, smoothing }: Bump, variance: number): number {
  const spread = variance + smoothing / 2
  const density = Math.exp((-at * at) / (2 * spread)) / Math.sqrt(2 * Math.PI * spread)
  return (area * area * density) / (2 * Math.sqrt(Math.PI * smoothing))
}

/** hₙ(x) for every n, computed as far as they are asked for. */
function hermiteValues(x: number): (n: number) => number {
  let known = Float64Array.of(1, x)
  let length = 2
  return (n) => {
    if (n >= known.length) {
      const longer = new Float64Array(Math.min(MOST, 4 * n))
      longer.set(known)
      known = longer
    }
    for (; length <= n; length++) {
      const [before, last] = [known[length - 2] ?? NaN, known[length - 1] ?? NaN]
      known[length] = (x * last - (roots[length - 1] ?? NaN) * before) / (roots[length] ?? NaN)
    }
    return known[n] ?? NaN
  }
}

/** E f²: on each piece from the moments of a truncated normal variable. */
function squareOf({ value, slope, breaks }: LinearPieces, root: number): number {
  const cumulative = (x: number): number => erfc(-x / Math.SQRT2) / 2
  const density = (x: number): number => Math.exp((-x * x) / 2) / ROOT_TWO_PI
  const edges = [-Infinity, ...breaks.map(({ at }) => at / root), Infinity]
  let [total, height, steepness] = [0, value, slope]
  edges.slice(1).forEach((to, i) => {
    const from = edges[i] ?? -Infinity
    const mass = cumulative(to) - cumulative(from)
    const [first, last] = [density(from), density(to)]
    const flow = (from === -Infinity ? 0 : from * first) - (to === Infinity ? 0 : to * last)
    const rise = steepness * root
    total += height * height * mass + 2 * height * rise * (first - last)
    total += rise * rise * (mass + flow)
    const { at = 0, jump = 0, kink = 0 } = breaks[i] ?? {}
    height += jump - kink * at
    steepness += kink
  })
  return total
}
