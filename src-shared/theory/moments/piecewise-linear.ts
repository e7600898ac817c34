/**
 * Gaussian moments of a continuous, piecewise linear φ.
 *
 * φ″ is Σ γᵢ δ(z − tᵢ), so Price's theorem (1958), dⁿ/dcⁿ E φφ = E φ⁽ⁿ⁾φ⁽ⁿ⁾, makes both E φ(u)φ(v) and
 * E φ′(u)φ′(v) one integral over the correlation of Σ γᵢγⱼ N(tᵢ, tⱼ), from correlation 0 or, nearer, ±1.
 */

import erfc from '@stdlib/math-base-special-erfc'
import type { GaussianPair } from './gaussian-pair'
import { expectationOnPieces, type Linear } from './line-products'
import { kinks, slopeAt, valueAt, type PiecewiseLinear } from './line-function'
import type { LinearPieces } from './pieces-series'
import { owenFromPole, owenFromZero } from './owen-integral'

const one: Linear = { value: 1, slope: 0 }

/** Correlations sin(angle) beyond this angle are reached from the pole. */
const TURN = 1

/** The line from left to right, for its Hermite series. */
export function piecesOf(line: PiecewiseLinear): LinearPieces {
  const [first = 0] = line.knots
  const slope = line.slopes[0] ?? 0
  const breaks = kinks(line).map(({ at, change }) => ({ at, jump: 0, kink: change }))
  return { value: line.atFirstKnot - slope * first, slope, breaks }
}

/** E φ′(mean + deviation·Z), Z ~ N(0, 1). */
export function meanSlope(line: PiecewiseLinear, mean: number, deviation: number): number {
  if (deviation === 0) return slopeAt(line, mean)
  return kinks(line).reduce(
    (total, { at, change }) => total + (change * erfc((at - mean) / (deviation * Math.SQRT2))) / 2,
    line.slopes[0] ?? 0
  )
}

/** E φ(u)φ(v). */
export function lineSecondMoment(line: PiecewiseLinear, pair: GaussianPair): number {
  const { a, b, c } = pair
  if (a === 0 || b === 0) return meanValue(line, a) * meanValue(line, b)
  const { angle, side } = placeOf(pair)
  if (Math.abs(angle) > TURN) return atPole(line, pair, side) + fromPole(line, pair, side)
  const root = Math.sqrt(a * b)
  const remaining = (t: number): number => Math.sin(angle) - Math.sin(t)
  return (
    meanValue(line, a) * meanValue(line, b) +
    c * meanSlope(line, 0, Math.sqrt(a)) * meanSlope(line, 0, Math.sqrt(b)) +
    (root / (2 * Math.PI)) * overKinks(line, a, b, (h, q) => owenFromZero(h, q, angle, remaining))
  )
}

/** E φ′(u)φ′(v). */
export function lineDerivativeMoment(line: PiecewiseLinear, pair: GaussianPair): number {
  const { a, b } = pair
  const slopes = meanSlope(line, 0, Math.sqrt(a)) * meanSlope(line, 0, Math.sqrt(b))
  if (a === 0 || b === 0) return slopes
  const { angle, side, far } = placeOf(pair)
  if (Math.abs(angle) > TURN) {
    const way = overKinks(line, a, b, (h, q) => owenFromPole(h, q, side, far))
    return slopesAtPole(line, pair, side) - (side * way) / (2 * Math.PI)
  }
  return slopes + overKinks(line, a, b, (h, q) => owenFromZero(h, q, angle)) / (2 * Math.PI)
}

/** E (φ(u) − side·φ(v))² for side ±1, free of cancellation near u = side·v. */
export function lineSquaredGap(line: PiecewiseLinear, pair: GaussianPair, side: 1 | -1): number {
  const { a, b } = pair
  if (a === 0 || b === 0 || placeOf(pair).side !== side) {
    return squareMean(line, a) + squareMean(line, b) - 2 * side * lineSecondMoment(line, pair)
  }
  const gap = expectationOnPieces(line, [Math.sqrt(a), side * Math.sqrt(b)], (first, second) => {
    const difference = {
      value: first.value - side * second.value,
      slope: first.slope - side * second.slope
    }
    return [difference, difference]
  })
  return gap - 2 * side * fromPole(line, pair, side)
}

/** E φ(u). */
function meanValue(line: PiecewiseLinear, variance: number): number {
  if (variance === 0) return valueAt(line, 0)
  const root = Math.sqrt(variance)
  return expectationOnPieces(line, [root, root], (value) => [value, one])
}

/** E φ(u)². */
function squareMean(line: PiecewiseLinear, variance: number): number {
  if (variance === 0) return valueAt(line, 0) ** 2
  const root = Math.sqrt(variance)
  return expectationOnPieces(line, [root, root], (value) => [value, value])
}

/** E φ(u)φ(v) at correlation ±1. */
function atPole(line: PiecewiseLinear, { a, b }: GaussianPair, side: number): number {
  return expectationOnPieces(line, [Math.sqrt(a), side * Math.sqrt(b)], (...values) => values)
}

/** E φ′(u)φ′(v) at correlation ±1. */
function slopesAtPole(line: PiecewiseLinear, { a, b }: GaussianPair, side: number): number {
  const [first, second] = [Math.sqrt(a), side * Math.sqrt(b)]
  return expectationOnPieces(line, [first, second], (u, v) => [
    { value: u.slope / first, slope: 0 },
    { value: v.slope / second, slope: 0 }
  ])
}

/** E φ(u)φ(v) less its value at correlation `side`, by Taylor's formula from there. */
function fromPole(line: PiecewiseLinear, pair: GaussianPair, side: number): number {
  const { a, b, c, gram } = pair
  const root = Math.sqrt(a * b)
  const { far } = placeOf(pair)
  // cos t − cos far, where c′ = side·root·cos t.
  const remaining = (t: number): number => 2 * Math.sin((far + t) / 2) * Math.sin((far - t) / 2)
  const way = overKinks(line, a, b, (h, q) => owenFromPole(h, q, side, far, remaining))
  const linear = (side * gram * slopesAtPole(line, pair, side)) / (root + Math.abs(c))
  return (root * way) / (2 * Math.PI) - linear
}

/** The correlation as an angle, its nearer pole, and the angle to it. */
function placeOf({ c, gram }: GaussianPair): { angle: number; side: 1 | -1; far: number } {
  const root = Math.sqrt(gram)
  return { angle: Math.atan2(c, root), side: c < 0 ? -1 : 1, far: Math.atan2(root, Math.abs(c)) }
}

/** Σ γᵢγⱼ term(tᵢ/√a, tⱼ/√b). */
function overKinks(
  line: PiecewiseLinear,
  a: number,
  b: number,
  term: (h: number, q: number) => number
): number {
  let total = 0
  for (const first of kinks(line)) {
    for (const second of kinks(line)) {
      const value = term(first.at / Math.sqrt(a), second.at / Math.sqrt(b))
      total += first.change * second.change * value
    }
  }
  return total
}
