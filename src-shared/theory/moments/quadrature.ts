import { LabError } from '../../protocol/errors'
import type { GaussianPair } from './gaussian-pair'

/**
 * Gaussian expectations of smooth functions by the trapezoidal rule, which converges geometrically
 * for functions that are analytic around the real axis. Gauss–Hermite does poorly there: the poles of
 * tanh at ±iπ/2 spoil it.
 */

/** |z| beyond which the standard normal density is below 1e-17 of its peak. */
const REACH = 8.8
/** Halving stops when two successive values agree to this relative accuracy. */
const TOLERANCE = 1e-13
const MAXIMUM_HALVINGS = 12

const INVERSE_ROOT_TWO_PI = 1 / Math.sqrt(2 * Math.PI)

/**
 * E f(Z) for Z ~ N(0, 1).
 *
 * @param finest the narrowest scale on which f varies: the first spacing never steps over it
 */
export function gaussianExpectation(f: (z: number) => number, finest: number): number {
  let step = Math.min(0.5, finest / 2)
  let count = Math.ceil(REACH / step)
  let sum = weighted(f, 0)
  for (let i = 1; i <= count; i++) sum += weighted(f, i * step) + weighted(f, -i * step)
  let value = sum * step
  for (let halving = 0; halving < MAXIMUM_HALVINGS; halving++) {
    // The points between the old ones: together they are the rule with half the step.
    for (let i = 0; i < count; i++) {
      const z = (i + 0.5) * step
      sum += weighted(f, z) + weighted(f, -z)
    }
    step /= 2
    count *= 2
    const finer = sum * step
    const settled = Math.abs(finer - value) <= TOLERANCE * Math.abs(finer)
    value = finer
    if (settled) break
  }
  return value
}

function weighted(f: (z: number) => number, z: number): number {
  return f(z) * Math.exp((-z * z) / 2) * INVERSE_ROOT_TWO_PI
}

/**
 * E f(u) g(v) for a Gaussian pair and f, g analytic in the strip |Im z| < `strip`.
 *
 * Two-dimensional trapezoidal rule in the independent coordinates u = √a x and
 * v = (c/√a) x + √(gram/a) y. Its error falls geometrically, exp(−2π·s/h) at step h of a coordinate in
 * which the nearest pole is s away, so the error at h is about the square of that at 2h, which every
 * second point gives: steps are halved until that estimate is below rounding. Near |ρ| = 1, where the
 * integrand hardly varies with y, few y do.
 *
 * @throws LabError where no step that is affordable gets there
 */
export function smoothPairExpectation(
  pair: GaussianPair,
  f: (u: number) => number,
  g: (v: number) => number,
  strip: number
): number {
  const { a, b, c, gram } = pair
  if (a === 0) return f(0) * gaussianExpectation((z) => g(Math.sqrt(b) * z), strip / Math.sqrt(b))
  const rootA = Math.sqrt(a)
  const stepFor = (width: number): number => Math.min(0.5, (0.17 * strip) / width)
  const outerStep = stepFor(Math.max(rootA, Math.abs(c) / rootA))
  const innerStep = stepFor(Math.sqrt(gram / a))
  for (let halving = 0; halving < 3; halving++) {
    const [outer, inner] = [evenly(outerStep / 2 ** halving), evenly(innerStep / 2 ** halving)]
    const { value, coarse, magnitude } = trapezoid(pair, f, g, outer, inner)
    const error = ((value - coarse) / magnitude) ** 2
    // So close to underflow there are no digits to settle.
    if (magnitude < 1e-290 || error <= TOLERANCE) return value
  }
  throw new LabError(
    'invalid-request',
    `E φ(u)φ(v) at variances ${a} and ${b} does not settle to ${TOLERANCE} by quadrature: ` +
      'lower sigmaW, or the steepness of the activation'
  )
}

interface Trapezoid {
  readonly value: number
  /** From every second point of both coordinates: the rule with twice the step. */
  readonly coarse: number
  /** The rule for |f g|. */
  readonly magnitude: number
}

/** Points of a standard normal coordinate from −REACH to REACH; every second one is a rule by itself. */
interface EvenRule {
  readonly step: number
  /** There are 2·count + 1. */
  readonly count: number
  readonly weights: Float64Array
}

function evenly(step: number): EvenRule {
  const count = 2 * Math.ceil(REACH / step / 2)
  const weights = Float64Array.from(
    { length: 2 * count + 1 },
    (_, i) => Math.exp(-(((i - count) * step) ** 2) / 2) * step * INVERSE_ROOT_TWO_PI
  )
  return { step, count, weights }
}

function trapezoid(
  { a, c, gram }: GaussianPair,
  f: (u: number) => number,
  g: (v: number) => number,
  { step, count, weights }: EvenRule,
  across: EvenRule
): Trapezoid {
  const rootA = Math.sqrt(a)
  const slope = c / rootA
  const deviation = Math.sqrt(gram / a)
  let [value, coarse, magnitude] = [0, 0, 0]
  for (let i = -count; i <= count; i++) {
    const outer = f(rootA * i * step) * (weights[i + count] ?? 0)
    if (outer === 0) continue
    const mean = slope * i * step
    const even = i % 2 === 0 ? 2 * outer : 0
    if (deviation === 0) {
      const inner = g(mean)
      value += outer * inner
      coarse += even * inner
      magnitude += Math.abs(outer * inner)
      continue
    }
    let inner = 0
    let innerEven = 0
    let innerMagnitude = 0
    for (let j = -across.count; j <= across.count; j++) {
      const term = g(mean + deviation * j * across.step) * (across.weights[j + across.count] ?? 0)
      inner += term
      innerMagnitude += Math.abs(term)
      if (j % 2 === 0) innerEven += term
    }
    value += outer * inner
    coarse += even * 2 * innerEven
    magnitude += Math.abs(outer) * innerMagnitude
  }
  return { value, coarse, magnitude }
}
