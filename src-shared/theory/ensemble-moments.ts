import type { Matrix } from '../design/dataset'
import type { LinearAlgebra } from './linear-algebra'
import { combine, rowProducts, transpose } from './matrix-arithmetic'
import type { PredictionKernels } from './prediction-kernels'
import type { Propagator } from './propagator'

/** Mean and covariance of the trained ensemble over initialisations; every output has the same. */
export interface EnsembleMoments {
  /** T×k and N×k. */
  readonly testMean: Matrix
  readonly trainMean: Matrix
  /** T×T and N×N. */
  readonly testCovariance: Matrix
  readonly trainCovariance: Matrix
}

/** Means as EnsembleMoments, and the standard deviations alone. */
export interface EnsembleDeviations {
  readonly testMean: Matrix
  readonly trainMean: Matrix
  /** T and N long. */
  readonly testDeviation: Float64Array
  readonly trainDeviation: Float64Array
}

/**
 * The trained ensemble as a Gaussian process, with A = K(T,X) Φ: mean(T) = A y,
 * cov(T) = S_TT − A S_XT − S_TX Aᵀ + A S_XX Aᵀ; mean(X) = y − P y, cov(X) = P S_XX Pᵀ.
 */
export function ensembleMoments(
  kernels: PredictionKernels,
  targets: Matrix,
  propagator: Propagator,
  algebra: LinearAlgebra
): EnsembleMoments {
  const { residual } = propagator
  const S = kernels.nngpTrainTrain
  const { gain, testMean, trainMean } = means(kernels, targets, propagator, algebra)
  const cross = algebra.multiply(gain, kernels.nngpTestTrain, { B: true })
  const spread = algebra.multiply(algebra.multiply(gain, S), gain, { B: true })
  const explained = combine(1, cross, 1, transpose(cross))
  return {
    testMean,
    trainMean,
    testCovariance: combine(1, combine(1, kernels.nngpTestTest, -1, explained), 1, spread),
    trainCovariance: algebra.multiply(algebra.multiply(residual, S), residual, { B: true })
  }
}

/** As ensembleMoments, but only the diagonals of the covariances: O(N²T) instead of O(NT²) more. */
export function ensembleDeviations(
  kernels: PredictionKernels,
  targets: Matrix,
  propagator: Propagator,
  algebra: LinearAlgebra
): EnsembleDeviations {
  const { residual } = propagator
  const { nngpTrainTrain: S, nngpTestTrain, nngpTestTest } = kernels
  const { gain, testMean, trainMean } = means(kernels, targets, propagator, algebra)
  const cross = rowProducts(gain, nngpTestTrain)
  const spread = rowProducts(algebra.multiply(gain, S), gain)
  const testDeviation = spread.map((value, i) =>
    deviation(
      (nngpTestTest.values[i * nngpTestTest.columns + i] ?? NaN) - 2 * (cross[i] ?? NaN) + value
    )
  )
  const trainDeviation = rowProducts(algebra.multiply(residual, S), residual).map(deviation)
  return { testMean, trainMean, testDeviation, trainDeviation }
}

/** A deviation per point, repeated for every output of the point: outputs are alike. */
export function deviationPerOutput(deviations: Float64Array, outputs: number): Float64Array {
  return Float64Array.from(
    { length: deviations.length * outputs },
    (_, i) => deviations[Math.floor(i / outputs)] ?? NaN
  )
}

/** √ of a variance that rounding may have pushed below 0; NaN stays NaN. */
export function deviation(variance: number): number {
  return variance < 0 ? 0 : Math.sqrt(variance)
}

function means(
  kernels: PredictionKernels,
  targets: Matrix,
  { residual, response }: Propagator,
  algebra: LinearAlgebra
): { gain: Matrix; testMean: Matrix; trainMean: Matrix } {
  const gain = algebra.multiply(kernels.testTrain, response)
  return {
    gain,
    testMean: algebra.multiply(gain, targets),
    trainMean: combine(1, targets, -1, algebra.multiply(residual, targets))
  }
}
