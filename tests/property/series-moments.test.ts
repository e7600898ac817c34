import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { activationMath, activationSchema } from '@shared/design/activation'
import type { ActivationMath } from '@shared/design/activation-math'
import { surrogateMath, surrogateSchema } from '@shared/design/surrogate'
import { coincidentPair, type GaussianPair } from '@shared/theory/moments/gaussian-pair'
import { withSeries } from '@shared/theory/moments/series-moments'

const activations = [
  { name: 'sign', theta: 0.4 },
  { name: 'heaviside', theta: -0.3 },
  { name: 'erf', m: 5, theta: 0.4 },
  { name: 'tanh' },
  { name: 'tanh', beta: 3, theta: 0.3 },
  { name: 'logistic', beta: 2 },
  { name: 'hard_tanh' },
  { name: 'relu', theta: 0.4 },
  { name: 'leaky_relu' },
  { name: 'leaky_relu', theta: 0.4 },
  { name: 'cos', omega: 2, theta: 0.1 },
  { name: 'gaussian', theta: 0.5 },
  { name: 'expression', formula: 'exp(-z^2)*cos(3*z)' },
  { name: 'expression', formula: 'relu(z)*tanh(z)' }
].map((stated) => activationSchema.parse(stated))

const surrogates = [
  { name: 'erf_prime', m: 3 },
  { name: 'ste' },
  { name: 'boxcar', a: 0.5, amp: 2, theta: 0.3 },
  { name: 'triangular', a: 0.7, theta: 0.2 },
  { name: 'fast_sigmoid', beta: 3 },
  { name: 'super_spike', alpha: 2, beta: 20 },
  { name: 'logistic_prime', beta: 4 },
  { name: 'hard_tanh_prime', m: 2 },
  { name: 'arctan', kappa: 3, theta: 0.3 },
  { name: 'exponential', alpha: 1, beta: 2, theta: -0.2 },
  { name: 'circ', alpha: 0.5 },
  { name: 'q_pseudo_spike', alpha: 2 },
  { name: 'leaky', slope: 0.1 },
  { name: 'log_tailed' },
  { name: 'log_abs', alpha: 2 },
  { name: 'expression', formula: 'exp(-abs(z - 1/4))' }
].map((stated) => surrogateSchema.parse(stated))

const variances = fc.double({ min: 0.05, max: 5, noNaN: true })
const shortOfOne = fc.double({ min: 0, max: 1, noNaN: true })
const anyShort = fc.oneof(
  shortOfOne,
  fc.integer({ min: -9, max: -1 }).map((power) => 10 ** power)
)
/** Nested quadrature of formulas takes seconds near coinciding points, and refuses to tell zeros. */
const farVariances = fc.double({ min: 0.5, max: 3, noNaN: true })
const farShort = fc.double({ min: 0.1, max: 0.9, noNaN: true })

/** Unequal variances; correlations ±(1 − short), given with their complement. */
const arbitraryPair = (
  variance: fc.Arbitrary<number>,
  short: fc.Arbitrary<number>
): fc.Arbitrary<GaussianPair> =>
  fc
    .record({ a: variance, b: variance, short, side: fc.constantFrom(1, -1) })
    .map(({ a, b, short, side }) => {
      const root = Math.sqrt(a * b)
      const gap = (Math.sqrt(a) - Math.sqrt(b)) ** 2 + 2 * root * short
      const c = side * (1 - short) * root
      return {
        a,
        b,
        c,
        gram: a * b * short * (2 - short),
        distance: side > 0 ? gap : a + b - 2 * c,
        sum: side > 0 ? a + b + 2 * c : gap
      }
    })

/** Left to its own moments: nothing to compare. */
const unused = (): number => NaN

const [RELATIVE, OF_LEVEL] = [1e-10, 1e-13]

describe.each(activations)('%o by Hermite series and without', (stated) => {
  const careful = activationMath(stated)
  const isFormula = stated.name === 'expression'
  const pairs = isFormula
    ? arbitraryPair(farVariances, farShort)
    : arbitraryPair(variances, anyShort)
  const runs = { numRuns: isFormula ? 5 : 60, endOnFailure: true }
  const fast = withSeries({
    ...careful,
    secondMoment: unused,
    derivativeMoment: unused,
    surrogateMoment: unused
  })

  test('E φ(u)φ(v) and E φ′(u)φ′(v) agree', () => {
    fc.assert(
      fc.property(pairs, (pair) => {
        expectSame(fast, careful, (math) => math.secondMoment, pair)
        expectSame(fast, careful, (math) => math.derivativeMoment, pair)
      }),
      runs
    )
  })

  test('E φ′(u)ψ(v) agrees, the derivative being the first argument’s', () => {
    fc.assert(
      fc.property(pairs, fc.constantFrom(...surrogates), (pair, surrogate) => {
        const psi = surrogateMath(surrogate)
        expectSame(
          fast,
          careful,
          (math) => (each) => math.surrogateMoment(each, psi),
          pair,
          Math.abs(psi.gaussianMean(0, Math.sqrt(pair.b)))
        )
      }),
      runs
    )
  })
})

test('far pairs are not left to their own moments', () => {
  const refuse = (): never => {
    throw new Error('a far pair was computed by itself')
  }
  const psi = surrogateMath(surrogateSchema.parse({ name: 'circ', alpha: 0.5 }))
  const pair = { a: 0.5, b: 2, c: 0.6, gram: 0.64, distance: 1.3, sum: 3.7 }
  for (const stated of activations) {
    const math = activationMath(stated)
    const fast = withSeries({ ...math, secondMoment: refuse, surrogateMoment: refuse })
    expect(fast.surrogateMoment(pair, psi)).toBeGreaterThan(-Infinity)
    if (!math.shape?.hasClosedProducts) expect(fast.secondMoment(pair)).toBeGreaterThan(-Infinity)
  }
})

test('a formula’s moments with a vanishing second argument are finite', () => {
  const stated = { name: 'expression', formula: 'max(0, 1 - z^2)', theta: -0.8 }
  const fast = withSeries(activationMath(activationSchema.parse(stated)))
  const pair = { a: 0.5, b: 1e-320, c: 5e-161, gram: 0, distance: 0.5, sum: 0.5 }
  const atZero = { a: 0.5, b: 0, c: 0, gram: 0, distance: 0.5, sum: 0.5 }
  expect(fast.secondMoment(pair)).toBeCloseTo(fast.secondMoment(atZero), 12)
})

function expectSame(
  fast: ActivationMath,
  careful: ActivationMath,
  momentOf: (math: ActivationMath) => (pair: GaussianPair) => number,
  pair: GaussianPair,
  factor = 1
): void {
  const bySeries = momentOf(fast)(pair)
  if (Number.isNaN(bySeries)) return
  const exact = momentOf(careful)(pair)
  const slopes = careful.derivativeMoment(coincidentPair(pair.a))
  const level = (Number.isFinite(slopes) ? Math.max(1, slopes) : 1) * factor
  const difference = Math.abs(bySeries - exact)
  expect(difference).toBeLessThanOrEqual(RELATIVE * Math.abs(exact) + OF_LEVEL * level)
}
