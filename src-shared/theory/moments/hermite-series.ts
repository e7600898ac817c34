import { gaussLegendre } from './gauss-legendre'
import { gradedPanels } from './graded-expectation'

/** Coefficients of a function of √variance·Z in normalised Hermite polynomials. */
export interface HermiteSeries {
  /** E f(√variance·Z) Heₙ(Z)/√n!, n = 0 … TERMS − 1. */
  readonly coefficients: Float64Array
  /** E f². */
  readonly square: number
  /** E f² less the squares of the coefficients: what the series leaves out. */
  readonly remainder: number
}

const TERMS = 256
/** Far enough for products of the density with polynomials of that degree. */
const REACH = 12
/** Panels beside a break start at this width. */
const NARROWEST = 0.01
const WIDEST = 0.5
/** The error, relative to √(E f² E g²), up to which a series is good enough. */
const TOLERANCE = 1e-11
const rule = gaussLegendre(20)

/**
 * The Hermite series of f at a variance.
 *
 * @param breaks where f is not smooth, in the units of f's argument
 */
export function hermiteSeries(
  f: (z: number) => number,
  variance: number,
  breaks: readonly number[]
): HermiteSeries {
  const root = Math.sqrt(variance)
  const centres = breaks.map((at) => ({ at: at / root, width: NARROWEST }))
  const coefficients = new Float64Array(TERMS)
  let square = 0
  for (const [from, to] of gradedPanels(-REACH, REACH, centres, WIDEST)) {
    const [half, middle] = [(to - from) / 2, (to + from) / 2]
    rule.nodes.forEach((node, i) => {
      const x = middle + half * node
      const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
      const value = f(root * x)
      const mass = half * (rule.weights[i] ?? 0) * density * value
      square += mass * value
      let [before, current] = [0, 1]
      for (let n = 0; n < TERMS; n++) {
        coefficients[n] = (coefficients[n] ?? 0) + mass * current
        const next = (x * current - Math.sqrt(n) * before) / Math.sqrt(n + 1)
        before = current
        current = next
      }
    })
  }
  const kept = coefficients.reduce((sum, value) => sum + value * value, 0)
  return { coefficients, square, remainder: Math.max(0, square - kept) }
}

/**
 * E f(u)g(v) = Σ fₙ gₙ ρⁿ for u and v of correlation ρ (Mehler's formula); null where the terms left
 * out, at most |ρ|^TERMS √(remainders), may exceed 1e-11 of √(E f² E g²).
 */
export function seriesExpectation(
  f: HermiteSeries,
  g: HermiteSeries,
  correlation: number
): number | null {
  const left = Math.abs(correlation) ** TERMS * Math.sqrt(f.remainder * g.remainder)
  if (!(left <= TOLERANCE * Math.sqrt(f.square * g.square))) return null
  let [total, power] = [0, 1]
  f.coefficients.forEach((value, n) => {
    total += value * (g.coefficients[n] ?? 0) * power
    power *= correlation
  })
  return total
}
