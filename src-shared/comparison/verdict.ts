import chiSquaredCdf from '@stdlib/stats-base-dists-chisquare-cdf'
import fisherCdf from '@stdlib/stats-base-dists-f-cdf'
import type { Matrix } from '../design/dataset'
import type { Verdict } from '../protocol/comparison'
import { effectivePoints, estimatedEffectivePoints } from './effective-points'
import { ensembleStatistics } from './ensemble-statistics'
import { signFlipPValue } from './sign-flips'

/** Below this probability an ensemble is said to disagree. */
export const VERDICT_LEVEL = 0.05

/** What an ensemble of Gaussian functions is predicted to be. */
export interface PredictedFunction {
  readonly mean: Float64Array
  /** null where only the mean is predicted. */
  readonly deviation: Float64Array | null
  /** P×P; where it is known the number of independent points is, too. */
  readonly covariance?: Matrix
}

/** From so many networks on, flipping signs resolves probabilities below 1 %. */
const FEWEST_TO_FLIP = 8

/**
 * Does the ensemble agree with the prediction, given its own error?
 *
 * Points on a line are correlated and often outnumber the networks, so neither a sum of z² nor
 * Hotelling's test will do. The distance of the means is judged in function space,
 * F = n Σ (mean − predicted)² / Σ s², summed over points.
 *
 * - From 8 networks on its probability is that of the sign-flipping test (sign-flips.ts), which is
 *   exact for any correlations.
 * - Fewer have too few signs to flip. For them it is Dempster's test (Ann. Math. Statist. 29, 1958):
 *   for Gaussian outputs both sums are weighted χ², independent of each other, with the eigenvalues of
 *   the covariance as weights; matched in two moments, F follows Fisher's distribution with r and
 *   (n − 1) r degrees of freedom, r the effective number of points.
 *
 * In the same way Σ s²/Σ predicted² is χ² with (n − 1) r degrees over their number.
 *
 * @param outputs members × points of one output or all outputs, row-major
 */
export function verdict(
  outputs: Float32Array | Float64Array,
  predicted: PredictedFunction
): Verdict {
  const points = predicted.mean.length
  const { size, mean, deviation } = ensembleStatistics(outputs, points)
  const independent = predicted.covariance
    ? effectivePoints(predicted.covariance)
    : estimatedEffectivePoints(outputs, points)
  const degrees = (size - 1) * independent
  const distance = size * sumOfSquares(mean.map((value, i) => value - (predicted.mean[i] ?? NaN)))
  const variance = sumOfSquares(deviation)
  // Networks that agree exactly leave no room for a distance; JSON has no infinity.
  const meanRatio = distance === 0 ? 0 : Math.min(distance / variance, Number.MAX_VALUE)
  const meanPValue =
    distance === 0 || variance === 0
      ? Number(distance === 0)
      : size >= FEWEST_TO_FLIP
        ? signFlipPValue(deviationsFrom(predicted.mean, outputs))
        : 1 - fisherCdf(meanRatio, independent, degrees)
  const predictedVariance = predicted.deviation ? sumOfSquares(predicted.deviation) : 0
  const spreadRatio = predictedVariance > 0 ? variance / predictedVariance : null
  const below = spreadRatio === null ? null : chiSquaredCdf(spreadRatio * degrees, degrees)
  return {
    effectivePoints: independent,
    ...{ meanRatio, meanPValue, spreadRatio },
    spreadPValue: below === null ? null : 2 * Math.min(below, 1 - below),
    agrees: meanPValue >= VERDICT_LEVEL
  }
}

/** Every network's deviation from the predicted mean. */
function deviationsFrom(mean: Float64Array, outputs: Float32Array | Float64Array): Float64Array[] {
  const points = mean.length
  return Array.from({ length: outputs.length / points }, (_, member) =>
    mean.map((value, i) => (outputs[member * points + i] ?? NaN) - value)
  )
}

function sumOfSquares(values: Float64Array): number {
  return values.reduce((total, value) => total + value * value, 0)
}
