import { activationMath, type Activation } from '../../design/activation'
import { surrogateMath, type Surrogate } from '../../design/surrogate'
import { withSeries } from '../moments/series-moments'
import { equalVarianceMoments, type EqualVarianceMoments } from './equal-variance-moments'

/** Variances further apart than this share of themselves are different ones. */
const ROUNDING = 32 * Number.EPSILON
/** Fewer pairs than this cost less than tables do. */
const FEWEST_PAIRS = 600
/** The tables of so many layers are kept for the next kernels: those of a few designs. */
const KEPT = 64

const kept = new Map<string, EqualVarianceMoments>()

/**
 * Tabulated moments of a layer, if its activation has no batch form and all its points one variance,
 * and pairs are many; otherwise null. Tables are kept: computed again, a kernel only reads them.
 *
 * @param variances of all first and of all second arguments
 * @param pairs how many there are
 */
export function layerTables(
  activation: Activation,
  surrogate: Surrogate | null,
  variances: readonly Float64Array[],
  pairs: number
): EqualVarianceMoments | null {
  if (pairs < FEWEST_PAIRS) return null
  const variance = variances[0]?.[0] ?? NaN
  const isEqual = (other: number): boolean => Math.abs(other - variance) <= ROUNDING * variance
  // Where squares of variances are subnormal there are no digits to tabulate.
  if (!(variance > 1e-100)) return null
  if (!variances.every((each) => each.every(isEqual))) return null
  const key = JSON.stringify([activation, surrogate, variance])
  const known = kept.get(key)
  if (known) return known
  const math = withSeries(activationMath(activation))
  if (math.batch) return null
  if (kept.size >= KEPT) kept.clear()
  const tables = equalVarianceMoments(math, surrogate && surrogateMath(surrogate), variance)
  kept.set(key, tables)
  return tables
}
