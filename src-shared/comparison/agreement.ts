import type { Agreement } from '../protocol/results'
import { ensembleStatistics } from './ensemble-statistics'
import { verdict } from './verdict'

/** Two-sided 95 % of a normal distribution. */
export const BAND_WIDTH = 1.96

/** What an ensemble is held against, per point. */
export interface Expectation {
  readonly mean: Float64Array
  readonly deviation: Float64Array
  /** NNGP regression, null where there is none. */
  readonly nngpMean: Float64Array | null
}

/**
 * How well an ensemble agrees with its prediction over the test points.
 *
 * z of the mean is (ensemble mean − predicted mean)/(s/√n) with the ensemble's own standard
 * deviation s; z of the deviation is (s − predicted)/(s/√(2(n − 1))). Points where all networks
 * agree exactly (s = 0) have no standard error and are left out of the z-scores.
 *
 * @param outputs members × points of one output, row-major
 */
export function agreement(outputs: Float32Array | Float64Array, expected: Expectation): Agreement {
  const points = expected.mean.length
  const { size, mean, deviation } = ensembleStatistics(outputs, points)
  const gaps = mean.map((value, i) => value - (expected.mean[i] ?? NaN))
  const zMean = scores(gaps, deviation, Math.sqrt(size))
  const deviationGaps = deviation.map((value, i) => value - (expected.deviation[i] ?? NaN))
  const zDeviation = scores(deviationGaps, deviation, Math.sqrt(2 * (size - 1)))
  let meansInside = 0
  let outputsInside = 0
  for (let i = 0; i < points; i++) {
    const centre = expected.mean[i] ?? NaN
    const reach = BAND_WIDTH * (expected.deviation[i] ?? NaN)
    if (Math.abs((mean[i] ?? NaN) - centre) <= reach) meansInside++
    for (let member = 0; member < size; member++) {
      if (Math.abs((outputs[member * points + i] ?? NaN) - centre) <= reach) outputsInside++
    }
  }
  const { nngpMean } = expected
  return {
    rmse: rootMeanSquare(gaps),
    rmsZ: rootMeanSquare(zMean),
    maxAbsZ: zMean.reduce((largest, z) => Math.max(largest, Math.abs(z)), 0),
    rmsZDeviation: rootMeanSquare(zDeviation),
    meanInBand: meansInside / points,
    membersInBand: outputsInside / (points * size),
    rmseNngp: nngpMean
      ? rootMeanSquare(mean.map((value, i) => value - (nngpMean[i] ?? NaN)))
      : null,
    verdict: verdict(outputs, expected)
  }
}

function scores(gaps: Float64Array, deviation: Float64Array, root: number): Float64Array {
  const defined = gaps.map((gap, i) => (gap * root) / (deviation[i] ?? NaN))
  return defined.filter((_, i) => deviation[i] !== 0)
}

function rootMeanSquare(values: Float64Array): number {
  if (values.length === 0) return 0
  return Math.sqrt(values.reduce((total, value) => total + value * value, 0) / values.length)
}
