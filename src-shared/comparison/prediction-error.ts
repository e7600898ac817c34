import type { PredictionError, SquaredErrors } from '../protocol/comparison'
import { ensembleStatistics } from './ensemble-statistics'

/**
 * Mean squared errors against reference values (targets, or a predicted mean): of each network, and of
 * the mean over networks, which is smaller by the networks' scatter.
 *
 * @param outputs members × points, row-major
 */
export function squaredErrors(
  outputs: Float32Array | Float64Array,
  reference: Float64Array
): SquaredErrors {
  const points = reference.length
  const { size, mean } = ensembleStatistics(outputs, points)
  const error = (value: (i: number) => number): number =>
    reference.reduce((total, wanted, i) => total + (value(i) - wanted) ** 2, 0) / points
  return {
    perNetwork: Array.from({ length: size }, (_, member) =>
      error((i) => outputs[member * points + i] ?? NaN)
    ),
    ofMean: error((i) => mean[i] ?? NaN)
  }
}

/**
 * How far an ensemble's mean is from its prediction, apart from what the number of networks explains:
 * E (mean − predicted)² = bias² + variance/n, with s²/n an unbiased estimate of the second part.
 *
 * @param outputs members × points, row-major
 */
export function predictionError(
  width: number,
  outputs: Float32Array | Float64Array,
  predicted: Float64Array
): PredictionError {
  const points = predicted.length
  const { size, deviation } = ensembleStatistics(outputs, points)
  const { ofMean } = squaredErrors(outputs, predicted)
  const sampling = deviation.reduce((total, value) => total + value * value, 0) / points / size
  return {
    width,
    rmse: Math.sqrt(ofMean),
    samplingError: Math.sqrt(sampling),
    bias: Math.sqrt(Math.max(0, ofMean - sampling))
  }
}
