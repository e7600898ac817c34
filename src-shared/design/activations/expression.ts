import { z } from 'zod'
import { adaptiveExpectation } from '../../theory/moments/adaptive-expectation'
import { expectationOver } from '../../theory/moments/graded-expectation'
import type { GaussianPair } from '../../theory/moments/gaussian-pair'
import {
  hermiteSeries,
  seriesExpectation,
  type HermiteSeries
} from '../../theory/moments/hermite-series'
import { defineActivation } from '../activation-math'
import { evaluateFormula, type Formula } from '../expressions/formula'
import { derivativeOf } from '../expressions/formula-analysis'
import { activationFormula } from '../expressions/formula-schema'
import { breaksOf, scaleOf } from '../expressions/formula-breaks'
import { parseFormula } from '../expressions/parse-formula'
import { numberElementwise } from '../number-elementwise'
import { threshold } from '../parameters'

/** A function by its values, and its Hermite series by variance. */
interface Expanded {
  readonly value: (z: number) => number
  readonly scale: number
  readonly seriesAt: (variance: number) => HermiteSeries
}

/** Coarser than the inner means, whose rounding would be halved in vain. */
const NESTED = 1e-9
/** Variances whose series are kept: those of the points of one kernel. */
const KEPT = 5000

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
    const breaks = [...new Set([...breaksOf(tree), ...breaksOf(slope)])].map((at) => at + theta)
    const phi = expanded(tree, theta, breaks)
    const phiPrime = expanded(slope, theta, breaks)
    return {
      evaluate: (ops, x) => evaluateFormula(tree, ops, ops.shift(x, -theta)),
      derivative: (ops, x) => evaluateFormula(slope, ops, ops.shift(x, -theta)),
      secondMoment: (pair) => productMoment(phi, pair, breaks),
      derivativeMoment: (pair) => productMoment(phiPrime, pair, breaks),
      surrogateMoment: (pair, surrogate) =>
        conditional(pair, phiPrime.value, breaks, surrogate.gaussianMean, surrogate.breaks)
    }
  }
})

function expanded(tree: Formula, theta: number, breaks: readonly number[]): Expanded {
  const value = (x: number): number => evaluateFormula(tree, numberElementwise, x - theta)
  const kept = new Map<number, HermiteSeries>()
  return {
    value,
    scale: scaleOf(
      (x) => value(x + theta),
      breaks.map((at) => at - theta)
    ),
    seriesAt: (variance) => {
      const known = kept.get(variance)
      if (known) return known
      if (kept.size >= KEPT) kept.clear()
      const series = hermiteSeries(value, variance, breaks)
      kept.set(variance, series)
      return series
    }
  }
}

/** E f(u)f(v): by Hermite series, or where they converge too slowly by nested quadrature. */
function productMoment(
  { value, scale, seriesAt }: Expanded,
  pair: GaussianPair,
  breaks: readonly number[]
): number {
  const { a, b, c } = pair
  // The outer integral is the one that estimates errors.
  const mean = (centre: number, deviation: number): number =>
    deviation === 0
      ? value(centre)
      : expectationOver(value, centre, deviation, breaks, scale, 4 * scale)
  if (a > 0 && b > 0) {
    const bySeries = seriesExpectation(seriesAt(a), seriesAt(b), c / Math.sqrt(a * b))
    if (bySeries !== null) return bySeries
  }
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
  const moved = c === 0 ? [] : innerBreaks.map((at) => (at * a) / c)
  return adaptiveExpectation(
    (u) => f(u) * mean((c / a) * u, deviation),
    0,
    Math.sqrt(a),
    [...breaks, ...moved],
    NESTED
  )
}
