import type { Dataset, Matrix } from '../design/dataset'
import type { NetworkDesign } from '../design/network'
import type { Surrogate } from '../design/surrogate'
import {
  isSymmetric,
  kernelBlock,
  symmetricBlock,
  type KernelMatrix,
  type SymmetricKernelMatrix
} from './kernel-matrix'
import { kernelPieces } from './kernels'
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

/**
 * The kernels of a design on a data set.
 *
 * Trained with a surrogate, a wide network follows the SG-NTK; trained with its true derivative, the NTK.
 */
export function* predictionKernels(
  design: NetworkDesign,
  surrogate: Surrogate | null,
  data: Pick<Dataset, 'trainInputs' | 'testInputs'>
): Stepwise<PredictionKernels> {
  const train = data.trainInputs.rows
  const joint = stacked(data.trainInputs, data.testInputs)
  const { nngp, ntk, sgNtk } = yield* kernelPieces(design, surrogate, joint, null)
  const trainIndices = Array.from({ length: train }, (_, i) => i)
  const testIndices = Array.from({ length: joint.rows - train }, (_, i) => train + i)
  const kernel = sgNtk ?? ntk
  if (!isSymmetric(nngp)) throw new RangeError('the NNGP of points with themselves is symmetric')
  return {
    trainTrain: isSymmetric(kernel)
      ? symmetricBlock(kernel, trainIndices)
      : kernelBlock(kernel, trainIndices, trainIndices),
    testTrain: kernelBlock(kernel, testIndices, trainIndices),
    nngpTrainTrain: symmetricBlock(nngp, trainIndices),
    nngpTestTrain: kernelBlock(nngp, testIndices, trainIndices),
    nngpTestTest: symmetricBlock(nngp, testIndices)
  }
}

function stacked(first: Matrix, second: Matrix): Matrix {
  const values = new Float64Array(first.values.length + second.values.length)
  values.set(first.values)
  values.set(second.values, first.values.length)
  return { values, rows: first.rows + second.rows, columns: first.columns }
}
