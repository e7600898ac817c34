import type { Matrix } from '../design/dataset'
import type { NetworkDesign } from '../design/network'
import type { Surrogate } from '../design/surrogate'
import { LabError } from '../protocol/errors'
import type { KernelMatrix } from './kernel-matrix'
import { kernelPieces, type Kernels } from './kernels'
import type { LinearAlgebra } from './linear-algebra'
import { scaled } from './matrix-arithmetic'
import { singularLimit, type SingularLimit } from './singular-limit'
import type { Stepwise } from './stepwise'

/** What training infinitely sharp steps to the end decides: a Nadaraya–Watson classifier. */
export interface ClassificationLimit {
  /** Θ_∞(T, X), T×N: finite but at points that coincide, where it is +∞ (−∞ at opposite ones). */
  readonly thetaInf: KernelMatrix
  /** c_i, N long. */
  readonly c: Float64Array
  /** Σ_i Θ_∞(x, x_i) y_i / c_i = lim m^L f_∞(x), T×k; ±∞ at training points. */
  readonly score: Matrix
}

/** The predictor at one finite m, for comparison with the limit. */
export interface FinitePredictor {
  readonly m: number
  /** f_∞(T) = K_m(T,X) K_m(X,X)⁻¹ y, T×k. */
  readonly predictor: Matrix
  /** m^L f_∞(T). */
  readonly scaled: Matrix
  /** K_m(x_i, x_i)/(m^L c_i), N long: 1 + O(1/m). */
  readonly diagonalRatio: Float64Array
}

/** Kernels of the training points with themselves, and of the test points with them. */
export interface ClassificationKernels {
  readonly trainTrain: Kernels
  readonly testTrain: Kernels
}

/** The points and targets of a classification task. */
export interface ClassificationTask {
  readonly design: NetworkDesign
  /** erf_prime, whose m then grows; null for the true derivative. */
  readonly surrogate: Surrogate | null
  readonly train: Matrix
  /** N×k: ±1 in one column, or one column a class. */
  readonly targets: Matrix
  readonly test: Matrix
}

/**
 * The limit m → ∞ of networks with erf_m, or sign and the surrogate erf_m′, trained to the end:
 * K_m(X, X)/m^L tends to the diagonal matrix of c, so that m^L f_∞(x) tends to the Nadaraya–Watson
 * estimate Σ_i Θ_∞(x, x_i) y_i / c_i with the singular kernel Θ_∞ (arXiv 2405.15539, docs/maths.md).
 *
 * @throws {LabError} 'invalid-request' where two training points coincide for the kernel
 */
export function* classificationLimit(task: ClassificationTask): Stepwise<ClassificationLimit> {
  const { signDesign } = singularLimit(task.design, task.surrogate)
  return limitOfKernels(task, {
    trainTrain: yield* kernelPieces(signDesign, null, task.train, null),
    testTrain: yield* kernelPieces(signDesign, null, task.test, task.train)
  })
}

/** The same from the kernels of singularLimit's signDesign, which whoever has threads computes on them. */
export function limitOfKernels(
  task: ClassificationTask,
  { trainTrain, testTrain }: ClassificationKernels
): ClassificationLimit {
  const { train, test, targets } = task
  const c = singularLimit(task.design, task.surrogate).diagonalGrowth(train)
  requireDistinct(trainTrain.ntk)
  const thetaInf = testTrain.ntk
  const score = new Float64Array(test.rows * targets.columns)
  for (let x = 0; x < test.rows; x++) {
    for (let output = 0; output < targets.columns; output++) {
      let sum = 0
      for (let i = 0; i < train.rows; i++) {
        const target = targets.values[i * targets.columns + output] ?? NaN
        // A class that a point does not belong to has no part in it, even where Θ_∞ is infinite.
        if (target !== 0) {
          sum += ((thetaInf.values[x * train.rows + i] ?? NaN) * target) / (c[i] ?? NaN)
        }
      }
      score[x * targets.columns + output] = sum
    }
  }
  return { thetaInf, c, score: { values: score, rows: test.rows, columns: targets.columns } }
}

/**
 * The predictor at a finite m, by a full solve.
 *
 * @throws {LabError} 'invalid-request' where K_m(X, X) is singular
 */
export function* finitePredictor(
  task: ClassificationTask,
  m: number,
  algebra: LinearAlgebra
): Stepwise<FinitePredictor> {
  const { design, surrogate } = singularLimit(task.design, task.surrogate).smoothed(m)
  const kernels = {
    trainTrain: yield* kernelPieces(design, surrogate, task.train, null),
    testTrain: yield* kernelPieces(design, surrogate, task.test, task.train)
  }
  return predictorOfKernels(task, m, kernels, algebra)
}

/**
 * The same from the kernels of singularLimit's smoothed(m).
 *
 * @throws {LabError} 'invalid-request' where K_m(X, X) is singular
 */
export function predictorOfKernels(
  task: ClassificationTask,
  m: number,
  kernels: ClassificationKernels,
  algebra: LinearAlgebra
): FinitePredictor {
  const limit = singularLimit(task.design, task.surrogate)
  const { train, targets } = task
  const kernelOf = ({ sgNtk, ntk }: Kernels) => sgNtk ?? ntk
  const [trainTrain, testTrain] = [kernelOf(kernels.trainTrain), kernelOf(kernels.testTrain)]
  const weights = algebra.solve(trainTrain, targets)
  if (!weights) {
    throw new LabError(
      'invalid-request',
      `ms: the kernel of the training points is singular at m = ${m}`
    )
  }
  const predictor = algebra.multiply(testTrain, weights)
  const growth = m ** task.design.depthHidden
  return {
    m,
    predictor,
    scaled: scaled(growth, predictor),
    diagonalRatio: diagonalRatio(trainTrain, limit, train, growth)
  }
}

/**
 * The class of every point: the sign (0 where undecided) of a single score, or the index of the
 * largest of several.
 */
export function decisions({ values, rows, columns }: Matrix): number[] {
  return Array.from({ length: rows }, (_, x) => {
    const scores = values.subarray(x * columns, (x + 1) * columns)
    if (columns === 1) return Math.sign(scores[0] ?? NaN)
    return scores.reduce((best, score, k) => (score > (scores[best] ?? NaN) ? k : best), 0)
  })
}

function diagonalRatio(
  kernel: KernelMatrix,
  limit: SingularLimit,
  train: Matrix,
  growth: number
): Float64Array {
  return limit
    .diagonalGrowth(train)
    .map((c, i) => (kernel.values[i * kernel.columns + i] ?? NaN) / (growth * c))
}

function requireDistinct(among: KernelMatrix): void {
  for (let i = 0; i < among.rows; i++) {
    for (let j = 0; j < i; j++) {
      if (Number.isFinite(among.values[i * among.columns + j])) continue
      throw new LabError(
        'invalid-request',
        `Xtrain[${i}] and Xtrain[${j}] coincide for the kernel (equal, or collinear without biases): ` +
          'leave one of them out'
      )
    }
  }
}
