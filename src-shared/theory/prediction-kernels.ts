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
import { kernelPieces, type Kernels } from './kernels'
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
  const joint = yield* kernelPieces(design, surrogate, jointPoints(data), null)
  return yield* predictionBlocks(joint, data.trainInputs.rows)
}

/** Training points, then test points. */
export function jointPoints({
  trainInputs,
  testInputs
}: Pick<Dataset, 'trainInputs' | 'testInputs'>): Matrix {
  const values = new Float64Array(trainInputs.values.length + testInputs.values.length)
  values.set(trainInputs.values)
  values.set(testInputs.values, trainInputs.values.length)
  return { values, rows: trainInputs.rows + testInputs.rows, columns: trainInputs.columns }
}

/**
 * What predicts, out of the kernels of jointPoints with themselves; copies, of which none shares memory.
 *
 * @param trainPoints how many of the points are training points
 */
export function* predictionBlocks(
  { nngp, ntk, sgNtk }: Kernels,
  trainPoints: number
): Stepwise<PredictionKernels> {
  const train = { from: 0, to: trainPoints }
  const test = { from: trainPoints, to: nngp.rows }
  const kernel = sgNtk ?? ntk
  if (!isSymmetric(nngp)) throw new RangeError('the NNGP of points with themselves is symmetric')
  return {
    trainTrain: yield* isSymmetric(kernel)
      ? symmetricBlock(kernel, train)
      : kernelBlock(kernel, train, train),
    testTrain: yield* kernelBlock(kernel, test, train),
    nngpTrainTrain: yield* symmetricBlock(nngp, train),
    nngpTestTrain: yield* kernelBlock(nngp, test, train),
    nngpTestTest: yield* symmetricBlock(nngp, test)
  }
}
