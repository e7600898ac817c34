import type { Dataset, Matrix } from '../design/dataset'
import type { NetworkDesign } from '../design/network'
import type { Surrogate } from '../design/surrogate'
import { LabError } from '../protocol/errors'
import { propagators, stability, type Propagator, type Stability } from './gradient-descent'
import { kernelBlock, type KernelMatrix, type SymmetricKernelMatrix } from './kernel-matrix'
import { kernelPieces } from './kernels'
import type { LinearAlgebra } from './linear-algebra'
import { asymmetry, combine, rowProducts } from './matrix-arithmetic'
import type { Stepwise } from './stepwise'

/** The kernels that predict one condition, between training points X and test points T. */
export interface PredictionKernels {
  /** SG-NTK, or NTK without a surrogate: K(X, X), N×N. */
  readonly trainTrain: KernelMatrix
  /** K(T, X), T×N: test points first. */
  readonly testTrain: KernelMatrix
  /** Covariance of the outputs at initialisation: S(X, X), S(T, X) and S(T, T). */
  readonly nngpTrainTrain: SymmetricKernelMatrix
  readonly nngpTestTrain: KernelMatrix
  readonly nngpTestTest: SymmetricKernelMatrix
}

/** The trained ensemble as a Gaussian process at one recorded step. */
export interface PredictedStep {
  readonly step: number
  /** T×k and N×k. */
  readonly testMean: Matrix
  readonly trainMean: Matrix
  /** Standard deviations over initialisations, the same for every output: T and N long. */
  readonly testDeviation: Float64Array
  readonly trainDeviation: Float64Array
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
  /** null for more training points than eigenvalues are worth computing for. */
  readonly stability: Stability | null
  /** ‖K − Kᵀ‖ / ‖K‖ on the training points. */
  readonly asymmetry: number
}

/** Above this many training points the eigenvalues are left out: they cost 25 N³ operations in one piece. */
const STABILITY_LIMIT = 300

/**
 * The kernels of a design on a data set.
 *
 * Trained with a surrogate, a wide network follows the SG-NTK; trained with its true derivative, the NTK.
 */
export function* predictionKernels(
  design: NetworkDesign,
  surrogate: Surrogate | null,
  data: Dataset
): Stepwise<PredictionKernels> {
  const train = data.trainInputs.rows
  const joint = stacked(data.trainInputs, data.testInputs)
  const { nngp, ntk, sgNtk } = yield* kernelPieces(design, surrogate, joint, null)
  const trainIndices = Array.from({ length: train }, (_, i) => i)
  const testIndices = Array.from({ length: joint.rows - train }, (_, i) => train + i)
  const kernel = sgNtk ?? ntk
  return {
    trainTrain: kernelBlock(kernel, trainIndices, trainIndices),
    testTrain: kernelBlock(kernel, testIndices, trainIndices),
    nngpTrainTrain: { ...kernelBlock(nngp, trainIndices, trainIndices), symmetric: true },
    nngpTestTrain: kernelBlock(nngp, testIndices, trainIndices),
    nngpTestTest: { ...kernelBlock(nngp, testIndices, testIndices), symmetric: true }
  }
}

/**
 * The mean and deviation of the ensemble of wide networks after k steps of gradient descent, and the
 * NNGP regression beside it (docs/maths.md, "Dynamics").
 *
 * @param stepSize η of the loss ½ Σ
 * @param steps rising step counts
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
  const limits = trainTrain.rows <= STABILITY_LIMIT ? stability(trainTrain, algebra) : null
  const predicted: PredictedStep[] = []
  let index = 0
  for (const propagator of propagators(trainTrain, stepSize, steps, algebra)) {
    predicted.push(predictedStep(steps[index++] ?? 0, propagator, kernels, data, algebra))
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

function predictedStep(
  step: number,
  { residual, response }: Propagator,
  kernels: PredictionKernels,
  data: Dataset,
  algebra: LinearAlgebra
): PredictedStep {
  const y = data.trainTargets
  const { nngpTrainTrain: S, nngpTestTrain, nngpTestTest } = kernels
  const A = algebra.multiply(kernels.testTrain, response)
  const testMean = algebra.multiply(A, y)
  const trainMean = combine(1, y, -1, algebra.multiply(residual, y))
  // Diagonal of S_TT − A S_XT − S_TX Aᵀ + A S_XX Aᵀ.
  const cross = rowProducts(A, nngpTestTrain)
  const spread = rowProducts(algebra.multiply(A, S), A)
  const testDeviation = spread.map((value, i) =>
    deviation(
      (nngpTestTest.values[i * nngpTestTest.columns + i] ?? NaN) - 2 * (cross[i] ?? NaN) + value
    )
  )
  const trainDeviation = rowProducts(algebra.multiply(residual, S), residual).map(deviation)
  let expectedLoss = 0
  for (let i = 0; i < y.rows; i++) {
    for (let output = 0; output < y.columns; output++) {
      const at = i * y.columns + output
      const gap = (trainMean.values[at] ?? NaN) - (y.values[at] ?? NaN)
      expectedLoss += (gap * gap + (trainDeviation[i] ?? NaN) ** 2) / 2
    }
  }
  return { step, testMean, trainMean, testDeviation, trainDeviation, expectedLoss }
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

/** √ of a variance that rounding may have pushed below 0; NaN stays NaN. */
function deviation(variance: number): number {
  return variance < 0 ? 0 : Math.sqrt(variance)
}

function transpose({ values, rows, columns }: Matrix): Matrix {
  const out = new Float64Array(values.length)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) out[j * rows + i] = values[i * columns + j] ?? NaN
  }
  return { values: out, rows: columns, columns: rows }
}

function stacked(first: Matrix, second: Matrix): Matrix {
  const values = new Float64Array(first.values.length + second.values.length)
  values.set(first.values)
  values.set(second.values, first.values.length)
  return { values, rows: first.rows + second.rows, columns: first.columns }
}
