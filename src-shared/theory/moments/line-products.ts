import erfc from '@stdlib/math-base-special-erfc'
import { gradedIntegral } from './graded-expectation'
import { slopeAt, valueAt, type PiecewiseLinear } from './line-function'

/** A linear function of z on one piece, by its value at one end of the piece. */
export interface Linear {
  readonly value: number
  readonly slope: number
}

/** An interval, infinite perhaps on one side, and the end of it that is nearer to 0. */
interface Piece {
  readonly from: number
  readonly to: number
  readonly end: number
}

/** |z| beyond which the standard normal density is below 1e-17 of its peak. */
const REACH = 8.8
/** 20 points resolve the density on wider panels yet. */
const WIDEST = 2.5
/** Differences of cumulative values lose digits on narrower pieces, and on pieces further out. */
const [NARROW, FAR] = [1, 2]
const ROOT_TWO_PI = Math.sqrt(2 * Math.PI)

/**
 * E f(Z)g(Z), Z ~ N(0, 1), where f and g are made of φ(first·z) and φ(second·z): linear between the
 * places where either reaches a knot, so the moments of truncated normal variables give it.
 *
 * @param factorsOf f and g on a piece, of the two there
 */
export function expectationOnPieces(
  line: PiecewiseLinear,
  [first, second]: readonly [number, number],
  factorsOf: (first: Linear, second: Linear) => readonly [Linear, Linear]
): number {
  let total = 0
  for (const piece of piecesBetween(line.knots, first, second)) {
    const middle = middleOf(piece)
    const linear = (factor: number): Linear => ({
      value: valueAt(line, factor * piece.end),
      slope: factor * slopeAt(line, factor * middle)
    })
    const [f, g] = factorsOf(linear(first), linear(second))
    total += productOn(piece, f, g)
  }
  return total
}

function piecesBetween(knots: readonly number[], first: number, second: number): Piece[] {
  const edges = knots.flatMap((knot) => [knot / first, knot / second])
  const ends = [-Infinity, ...new Set(edges.sort((x, y) => x - y)), Infinity]
  return ends.slice(1).map((to, i) => {
    const from = ends[i] ?? to
    return { from, to, end: Math.abs(from) < Math.abs(to) ? from : to }
  })
}

function middleOf({ from, to }: Piece): number {
  if (from === -Infinity) return to - 1
  return to === Infinity ? from + 1 : (from + to) / 2
}

function productOn(piece: Piece, f: Linear, g: Linear): number {
  const { from, to, end } = piece
  if (to - from < NARROW || Math.abs(end) > FAR) {
    const product = (z: number): number =>
      (f.value + f.slope * (z - end)) * (g.value + g.slope * (z - end)) * Math.exp((-z * z) / 2)
    const [start, stop] = [Math.max(from, -REACH), Math.min(to, REACH)]
    return stop > start ? gradedIntegral(product, start, stop, [], WIDEST) / ROOT_TWO_PI : 0
  }
  const mass = (erfc(from / Math.SQRT2) - erfc(to / Math.SQRT2)) / 2
  const [left, right] = [density(from), density(to)]
  const first = left - right
  const flow = (from === -Infinity ? 0 : from * left) - (to === Infinity ? 0 : to * right)
  const firstAboutEnd = first - end * mass
  const secondAboutEnd = mass + flow - 2 * end * first + end * end * mass
  return (
    f.value * g.value * mass +
    (f.value * g.slope + g.value * f.slope) * firstAboutEnd +
    f.slope * g.slope * secondAboutEnd
  )
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / ROOT_TWO_PI
}
