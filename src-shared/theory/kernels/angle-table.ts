import { LabError } from '../../protocol/errors'
import type { Stepwise } from '../stepwise'

/** Nearer to 0 or π than this an angle is left to the function itself. */
export const NEAREST_ANGLE = 1e-4
/** A piece's degree at first and at most. */
const FIRST = 16
const MOST = 64
/** Of the scale of a piece's values: the last quarter of coefficients is to be this small. */
const TOLERANCE = 2e-15
/** Coefficients that no longer fall are the function's own rounding, accepted up to here. */
const NOISE = 1e-11
/** A deviation between nodes up to this multiple of the last coefficients (and of TOLERANCE) is one. */
const SLACK = 32
/** Where the ends' distances from 0 or π differ by less than this factor no piece is cut further. */
const NARROWEST = 1.2
/** Of a piece's width, places where it is held against the function: no node is near. */
const CHECKS = [0.0137, 0.371]

/** A polynomial on an interval of angles; null where there is none. */
interface Piece {
  readonly to: number
  readonly middle: number
  readonly half: number
  /** In Chebyshev polynomials. */
  readonly coefficients: Float64Array | null
}

/**
 * A function of an angle in [0, π] as Chebyshev polynomials on pieces that narrow towards both ends,
 * as far as it takes: where the correlation is cos t, Gaussian moments of steps and kinks, which have
 * roots of 1 − ρ² in them, are smooth in t.
 */
export class AngleTable {
  private pieces: readonly Piece[] = []

  /**
   * @param exact the function itself; where it throws a LabError it is not tabulated
   * @param level what errors are measured against where the function's own values are smaller
   */
  constructor(
    private readonly exact: (angle: number) => number,
    private readonly level: number
  ) {}

  /** Tabulates: a turn after every value of the function. */
  *build(): Stepwise<void> {
    if (this.pieces.length > 0) return
    const pieces: Piece[] = []
    const open: [number, number][] = [[NEAREST_ANGLE, Math.PI - NEAREST_ANGLE]]
    for (let next = open.pop(); next; next = open.pop()) {
      const [from, to] = next
      const coefficients = yield* this.coefficientsOn(from, to)
      const cut = coefficients ? null : cutOf(from, to)
      if (cut === null) {
        pieces.push({ to, middle: (from + to) / 2, half: (to - from) / 2, coefficients })
      } else open.push([cut, to], [from, cut])
    }
    this.pieces = pieces
  }

  /** The function at an angle; null where it is not tabulated. */
  at(angle: number): number | null {
    if (!(angle >= NEAREST_ANGLE && angle <= Math.PI - NEAREST_ANGLE)) return null
    const piece = this.pieces.find(({ to }) => angle <= to)
    if (!piece?.coefficients) return null
    return clenshaw(piece.coefficients, (angle - piece.middle) / piece.half)
  }

  /** Degrees are doubled while the last coefficients fall fast enough to get there. */
  private *coefficientsOn(from: number, to: number): Stepwise<Float64Array | null> {
    const angleAt = (x: number): number => (from + to) / 2 + ((to - from) / 2) * x
    const values = new Map<number, number>()
    for (let degree = FIRST; degree <= MOST; degree *= 2) {
      for (let j = 0; j <= degree; j++) {
        const node = (j * MOST) / degree
        if (values.has(node)) continue
        const value = this.valueAt(angleAt(Math.cos((Math.PI * node) / MOST)))
        if (!Number.isFinite(value)) return null
        values.set(node, value)
        yield
      }
      const sampled = Float64Array.from(
        { length: degree + 1 },
        (_, j) => values.get((j * MOST) / degree) ?? NaN
      )
      const scale = Math.max(largest(sampled), this.level, Number.MIN_VALUE)
      const coefficients = chebyshevCoefficients(sampled)
      const tail = largest(coefficients.subarray((3 * degree) / 4)) / scale
      const before = largest(coefficients.subarray(degree / 2, (3 * degree) / 4)) / scale
      if (tail <= TOLERANCE || (tail <= NOISE && tail > before / 4)) {
        const allowed = SLACK * Math.max(tail, TOLERANCE) * scale
        return (yield* this.agrees(coefficients, angleAt, allowed)) ? coefficients : null
      }
      // Twice the degree squares the tail, at best.
      if (degree > FIRST && tail * tail > TOLERANCE) return null
    }
    return null
  }

  private *agrees(
    coefficients: Float64Array,
    angleAt: (x: number) => number,
    allowed: number
  ): Stepwise<boolean> {
    for (const share of CHECKS) {
      const x = 2 * share - 1
      if (!(Math.abs(clenshaw(coefficients, x) - this.valueAt(angleAt(x))) <= allowed)) return false
      yield
    }
    return true
  }

  private valueAt(angle: number): number {
    try {
      return this.exact(angle)
    } catch (error) {
      // A pair that needs this value will say what is wrong; perhaps none does.
      if (error instanceof LabError) return NaN
      throw error
    }
  }
}

/** Where to cut a piece: at the geometric mean of the ends' distances from 0, or from π. */
function cutOf(from: number, to: number): number | null {
  const half = Math.PI / 2
  if (from < half && to > half) return half
  if (to <= half) return to < NARROWEST * from ? null : Math.sqrt(from * to)
  const [near, far] = [Math.PI - to, Math.PI - from]
  return far < NARROWEST * near ? null : Math.PI - Math.sqrt(near * far)
}

/** The polynomial through values at cos(πj/n), j = 0 … n, in Chebyshev polynomials. */
function chebyshevCoefficients(values: Float64Array): Float64Array {
  const degree = values.length - 1
  const cosines = Float64Array.from({ length: 2 * degree }, (_, i) =>
    Math.cos((Math.PI * i) / degree)
  )
  const weight = (i: number): number => (i === 0 || i === degree ? 0.5 : 1)
  return values.map((_, k) => {
    let total = 0
    values.forEach((value, j) => {
      total += weight(j) * value * (cosines[(j * k) % (2 * degree)] ?? NaN)
    })
    return (2 * weight(k) * total) / degree
  })
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}

/** Σ cₖ Tₖ(x). */
function clenshaw(coefficients: Float64Array, x: number): number {
  let [next, afterNext] = [0, 0]
  for (let k = coefficients.length - 1; k > 0; k--) {
    const current = (coefficients[k] ?? NaN) + 2 * x * next - afterNext
    afterNext = next
    next = current
  }
  return (coefficients[0] ?? NaN) + x * next - afterNext
}
