import type { Dataset, Matrix } from '../design/dataset'
import { isSymmetric, type KernelMatrix } from '../theory/kernel-matrix'
import { kernelPieces } from '../theory/kernels'
import type { LinearAlgebra } from '../theory/linear-algebra'
import type { SingularLimit } from '../theory/singular-limit'
import { stability } from '../theory/stability'
import type { Stepwise } from '../theory/stepwise'

/** The kernel of erf_m networks, and kernel regression with it, at one m. */
export interface Sharpened {
  readonly m: number
  /** Mean of K_m(x_i, x_i) over the training points. */
  readonly diagonal: number
  /** Mean of K_m(x_i, x_i)/(m^L c_i), c_i the closed form of the limit. */
  readonly diagonalRatio: number
  /** max |K_m − K_∞| / max |K_∞| over pairs of different training points. */
  readonly offDiagonalError: number
  readonly smallestEigenvalue: number
  readonly conditionNumber: number
  /** 2/λmax: larger steps of gradient descent diverge. */
  readonly maximumStepSize: number
  /** f_∞ = K_m(T, X) K_m(X, X)⁻¹ y at the test points, T×k. */
  readonly predictor: Matrix
}

/**
 * What becomes of the NTK, and of regression with it, as erf_m sharpens towards sign.
 *
 * @param limitKernel K_∞(X, X) of sign, whose diagonal is infinite
 */
export function* sharpened(
  limit: SingularLimit,
  limitKernel: KernelMatrix,
  depth: number,
  m: number,
  data: Pick<Dataset, 'trainInputs' | 'trainTargets' | 'testInputs'>,
  algebra: LinearAlgebra
): Stepwise<Sharpened> {
  const { design } = limit.smoothed(m)
  const { ntk } = yield* kernelPieces(design, null, data.trainInputs, null)
  const { ntk: testTrain } = yield* kernelPieces(design, null, data.testInputs, data.trainInputs)
  if (!isSymmetric(ntk)) throw new RangeError('the NTK of points with themselves is symmetric')
  const weights = algebra.solve(ntk, data.trainTargets)
  if (!weights) throw new RangeError(`the NTK is singular at m = ${m}`)
  const growth = limit.diagonalGrowth(data.trainInputs)
  const diagonal = growth.map((_, i) => ntk.values[i * ntk.columns + i] ?? NaN)
  const { maximumStepSize, smallestRealPart, spectralRatio } = stability(ntk, algebra)
  return {
    m,
    diagonal: mean(diagonal),
    diagonalRatio: mean(diagonal.map((value, i) => value / m ** depth / (growth[i] ?? NaN))),
    offDiagonalError: offDiagonalError(ntk, limitKernel),
    smallestEigenvalue: smallestRealPart,
    conditionNumber: spectralRatio,
    maximumStepSize,
    predictor: algebra.multiply(testTrain, weights)
  }
}

function offDiagonalError(kernel: KernelMatrix, limit: KernelMatrix): number {
  let [error, largest] = [0, 0]
  limit.values.forEach((value, at) => {
    if (Math.floor(at / limit.columns) === at % limit.columns) return
    error = Math.max(error, Math.abs((kernel.values[at] ?? NaN) - value))
    largest = Math.max(largest, Math.abs(value))
  })
  return error / largest
}

function mean(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0) / values.length
}
