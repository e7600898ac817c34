import studentQuantile from '@stdlib/stats-base-dists-t-quantile'
import type { EnsembleStatistics } from './ensemble-statistics'

/** Between which values a mean lies, point by point. */
export interface ConfidenceBand {
  readonly low: Float64Array
  readonly high: Float64Array
  /** s/√n. */
  readonly standardError: Float64Array
}

/**
 * The confidence band of an ensemble's mean: mean ± t s/√n, t of Student's distribution with n − 1
 * degrees of freedom, which is wider than the normal one for small ensembles (2.26 for n = 10).
 *
 * @param level of each point by itself, such as 0.95
 */
export function confidenceBand(
  { size, mean, deviation }: EnsembleStatistics,
  level = 0.95
): ConfidenceBand {
  const reach = studentQuantile((1 + level) / 2, size - 1)
  const standardError = deviation.map((value) => value / Math.sqrt(size))
  return {
    low: mean.map((value, i) => value - reach * (standardError[i] ?? NaN)),
    high: mean.map((value, i) => value + reach * (standardError[i] ?? NaN)),
    standardError
  }
}
