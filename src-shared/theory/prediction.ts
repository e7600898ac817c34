import type { Dataset, Matrix } from '../design/dataset'
import { LabError } from '../protocol/errors'
import { trainingDynamics } from './training-dynamics'
import { deviation, ensembleDeviations, type EnsembleDeviations } from './ensemble-moments'
import type { LinearAlgebra } from './linear-algebra'
import { asymmetry, rowProducts, transpose } from './matrix-arithmetic'
import type { PredictionKernels } from './prediction-kernels'
import { EIGENVALUE_LIMIT, stability, type Stability } from './stability'
import type { Stepwise } from './stepwise'

/** The trained ensemble as a Gaussian process at one recorded step. */
export interface PredictedStep extends EnsembleDeviations {
  readonly step: number
  /** E ½ Σ (f − y)² over the training points. */
  readonly expectedLoss: number
}

/** Bayesian regression with the NNGP kernel: what training the last layer alone would do. */
export interface NngpRegression {
  /** T×k. */
  readonly testMean: Matrix
  readonly testDeviation: Float64Array
}

/** Everything theory says of one condition. */
export interface Prediction {
  readonly kernels: PredictionKernels
  readonly steps: readonly PredictedStep[]
  /** null where the NNGP kernel is singular on the training points. */
  readonly nngpRegression: NngpRegression | null
  /** null for more training points than EIGENVALUE_LIMIT. */
  readonly stability: Stability | null
  /** ‖K − Kᵀ‖ / ‖K‖ on the training points. */
  readonly asymmetry: number
}

/**
 * The mean and deviation of the ensemble of wide networks after k steps of gradient descent, and the
 * NNGP regression beside it (docs/maths.md, "Dynamics").
 *
 * @param stepSize η of the loss ½ Σ
 * @param steps step counts
 * @throws {LabError} 'diverged' where the predicted dynamics overflow: the step size is unstable
 */
export function* predict(
  kernels: PredictionKernels,
  data: Dataset,
  stepSize: number,
  steps: readonly number[],
  algebra: LinearAlgebra
): Stepwise<Prediction> {
  const { trainTrain } = kernels
  const limits = trainTrain.rows <= EIGENVALUE_LIMIT ? stability(trainTrain, algebra) : null
  const dynamics = trainingDynamics(trainTrain, 0, algebra)
  const predicted: PredictedStep[] = []
  for (const step of steps) {
    const time = { kind: 'steps', k: step, eta: stepSize } as const
    const propagator = yield* dynamics.at(time, kernels.testTrain)
    const moments = ensembleDeviations(kernels, data.trainTargets, propagator, algebra)
    const expectedLoss = expectedLossOf(moments, data.trainTargets)
    predicted.push({ step, ...moments, expectedLoss })
    yield
  }
  const broken = predicted.find((step) => !step.testMean.values.every(Number.isFinite))
  if (broken) {
    const limit = limits ? ` The largest stable step size is ${limits.maximumStepSize}.` : ''
    throw new LabError(
      'diverged',
      `The predicted dynamics overflow by step ${broken.step}: step size η = ${stepSize} ` +
        `(loss ½ Σ) is unstable.${limit} Lower the learning rate.`
    )
  }
  return {
    kernels,
    steps: predicted,
    nngpRegression: nngpRegression(kernels, data.trainTargets, algebra),
    stability: limits,
    asymmetry: asymmetry(trainTrain)
  }
}

/** E ½ Σ (f − y)² over the training points. */
function expectedLossOf({ trainMean, trainDeviation }: EnsembleDeviations, y: Matrix): number {
  let expectedLoss = 0
  for (let i = 0; i < y.rows; i++) {
    for (let output = 0; output < y.columns; output++) {
      const at = i * y.columns + output
      const gap = (trainMean.values[at] ?? NaN) - (y.values[at] ?? NaN)
      expectedLoss += (gap * gap + (trainDeviation[i] ?? NaN) ** 2) / 2
    }
  }
  return expectedLoss
}

/** mean = S(T,X) S(X,X)⁻¹ y, variance = S(T,T) − S(T,X) S(X,X)⁻¹ S(X,T); null for a singular S(X,X). */
function nngpRegression(
  { nngpTrainTrain, nngpTestTrain, nngpTestTest }: PredictionKernels,
  targets: Matrix,
  algebra: LinearAlgebra
): NngpRegression | null {
  const unit = algebra.solveSymmetric(nngpTrainTrain, targets)
  if (!unit) return null
  const gain = algebra.solveSymmetric(nngpTrainTrain, transpose(nngpTestTrain))
  if (!gain) return null
  const explained = rowProducts(nngpTestTrain, transpose(gain))
  return {
    testMean: algebra.multiply(nngpTestTrain, unit),
    testDeviation: explained.map((value, i) =>
      deviation((nngpTestTest.values[i * nngpTestTest.columns + i] ?? NaN) - value)
    )
  }
}
