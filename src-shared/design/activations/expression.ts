import { z } from 'zod'
import { adaptiveExpectation } from '../../theory/moments/adaptive-expectation'
import { expectationOver } from '../../theory/moments/graded-expectation'
import type { GaussianPair } from '../../theory/moments/gaussian-pair'
import { defineActivation } from '../activation-math'
import { evaluateFormula, type Formula } from '../expressions/formula'
import { derivativeOf } from '../expressions/formula-analysis'
import { activationFormula } from '../expressions/formula-schema'
import { breaksOf, scaleOf } from '../expressions/formula-breaks'
import { parseFormula } from '../expressions/parse-formula'
import { numberElementwise } from '../number-elementwise'
import { threshold } from '../parameters'

/** Coarser than the inner means, whose rounding would be halved in vain. */
const NESTED = 1e-9
/** In deviations of u: breaks of v further out than this are none. */
const OUT_OF_REACH = 1e6

/** A function of z that users state, trained and expanded as it is. */
export const expression = defineActivation({
  schema: z.strictObject({
    name: z.literal('expression'),
    formula: activationFormula,
    theta: threshold
  }),
  title: 'Your own formula',
  formula: String.raw`f(z-\theta)`,
  isStep: false,
  bind: ({ formula, theta }) => {
    const tree = parseFormula(formula)
    const slope = derivativeOf(tree)
    const unshifted = [...new Set([...breaksOf(tree), ...breaksOf(slope)])]
    const breaks = unshifted.map((at) => at + theta)
    const phi = valueOf(tree, theta)
    const phiPrime = valueOf(slope, theta)
    const scales = [phi, phiPrime].map((f) => scaleOf((x) => f(x + theta), unshifted))
    return {
      shape: { breaks, scale: Math.min(...scales), period: 4 * Math.min(...scales) },
      evaluate: (ops, x) => evaluateFormula(tree, ops, ops.shift(x, -theta)),
      derivative: (ops, x) => evaluateFormula(slope, ops, ops.shift(x, -theta)),
      secondMoment: (pair) => productMoment(phi, pair, breaks, scales[0] ?? Infinity),
      derivativeMoment: (pair) => productMoment(phiPrime, pair, breaks, scales[1] ?? Infinity),
      surrogateMoment: (pair, surrogate) =>
        conditional(pair, phiPrime, breaks, surrogate.gaussianMean, surrogate.breaks)
    }
  }
})

function valueOf(tree: Formula, theta: number): (x: number) => number {
  return (x) => evaluateFormula(tree, numberElementwise, x - theta)
}

/** E f(u)f(v) by nested quadrature. */
function productMoment(
  value: (x: number) => number,
  pair: GaussianPair,
  breaks: readonly number[],
  scale: number
): number {
  // The outer integral is the one that estimates errors.
  const mean = (centre: number, deviation: number): number =>
    deviation === 0
      ? value(centre)
      : expectationOver(value, centre, deviation, breaks, scale, 4 * scale)
  return conditional(pair, value, breaks, mean, breaks)
}

/** E f(u)g(v) over u, given which v is N(cu/a, gram/a). */
function conditional(
  { a, b, c, gram }: GaussianPair,
  f: (u: number) => number,
  breaks: readonly number[],
  mean: (mean: number, deviation: number) => number,
  innerBreaks: readonly number[]
): number {
  if (a === 0) return f(0) * mean(0, Math.sqrt(b))
  const spread = Math.sqrt(gram / a)
  const deviation = spread > 1e-15 * Math.sqrt(b) ? spread : 0
  const root = Math.sqrt(a)
  // Far out of reach f itself may overflow.
  const moved = innerBreaks
    .map((at) => (at * a) / c)
    .filter((at) => Math.abs(at) < OUT_OF_REACH * root)
  return adaptiveExpectation(
    (u) => f(u) * mean((c / a) * u, deviation),
    0,
    root,
    [...breaks, ...moved],
    NESTED
  )
}
