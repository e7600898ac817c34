import type { Matrix } from '../design/dataset'
import { ensembleStatistics } from './ensemble-statistics'

/** Covariance between points over an ensemble, with its own uncertainty. */
export interface EnsembleCovariance {
  /** P×P, divisor n − 1. */
  readonly covariance: Matrix
  /** Standard error of each entry for Gaussian outputs: √((c_ii c_jj + c_ij²)/(n − 1)). */
  readonly standardError: Matrix
}

/**
 * Covariance of the points' outputs over networks.
 *
 * @param outputs members × points, row-major
 */
export function ensembleCovariance(
  outputs: Float32Array | Float64Array,
  points: number
): EnsembleCovariance {
  const { size, mean } = ensembleStatistics(outputs, points)
  const covariance = new Float64Array(points * points)
  for (let member = 0; member < size; member++) {
    const gaps = mean.map((value, i) => (outputs[member * points + i] ?? NaN) - value)
    for (let i = 0; i < points; i++) {
      for (let j = 0; j < points; j++) {
        const at = i * points + j
        covariance[at] =
          (covariance[at] ?? NaN) + ((gaps[i] ?? NaN) * (gaps[j] ?? NaN)) / (size - 1)
      }
    }
  }
  const variance = (i: number): number => covariance[i * points + i] ?? NaN
  const standardError = covariance.map((value, at) =>
    Math.sqrt(
      (variance(Math.floor(at / points)) * variance(at % points) + value * value) / (size - 1)
    )
  )
  const square = { rows: points, columns: points }
  return {
    covariance: { ...square, values: covariance },
    standardError: { ...square, values: standardError }
  }
}
