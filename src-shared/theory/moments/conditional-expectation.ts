import type { GaussianPair } from './gaussian-pair'
import { gradedExpectation } from './graded-expectation'

/** Where a function is not smooth, and the scale on which it varies around there. */
export interface Shape {
  readonly breaks: readonly number[]
  readonly scale: number
  /** Where it varies far from its breaks too: the width up to which 20 points resolve it. */
  readonly period?: number
  /** It is analytic, has no pole nearer to the real axis than its scale, and at its breaks but a peak. */
  readonly isAnalytic?: boolean
}

/** A function by its values. */
export interface PointwiseFunction extends Shape {
  readonly evaluate: (z: number) => number
}

/** A function by its Gaussian means. */
export interface SmoothableFunction extends Shape {
  /** E g(mean + deviation·Z), Z ~ N(0, 1); g(mean) at deviation 0. */
  readonly gaussianMean: (mean: number, deviation: number) => number
}

/** Conditional deviations below this share of the whole change nothing but the work. */
const NEGLIGIBLE = 1e-15

/**
 * E f(u)g(v) as a one-dimensional integral over u: given u, v is N(cu/a, gram/a), and g enters by its
 * Gaussian mean.
 */
export function conditionalExpectation(
  { a, b, c, gram }: GaussianPair,
  f: PointwiseFunction,
  g: SmoothableFunction
): number {
  if (a === 0) return f.evaluate(0) * g.gaussianMean(0, Math.sqrt(b))
  const rootA = Math.sqrt(a)
  const slope = c / rootA
  const spread = Math.sqrt(gram / a)
  const deviation = spread > NEGLIGIBLE * Math.sqrt(b) ? spread : 0
  const outer = f.breaks.map((at) => ({ at: at / rootA, width: f.scale / rootA }))
  // A break of g is blurred by the conditional deviation, and moves with u.
  const blur = deviation > 0 ? deviation : g.scale
  const steepness = Math.abs(slope)
  const inner =
    slope === 0 ? [] : g.breaks.map((at) => ({ at: at / slope, width: blur / steepness }))
  return gradedExpectation(
    (x) => f.evaluate(rootA * x) * g.gaussianMean(slope * x, deviation),
    [...outer, ...inner],
    Math.min((f.period ?? Infinity) / rootA, (g.period ?? Infinity) / steepness)
  )
}
