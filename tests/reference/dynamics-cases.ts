import { matrixFromRows, type Dataset } from '@shared/design/dataset'
import type { PredictionKernels } from '@shared/theory/prediction'
import type { LinearAlgebra } from '@shared/theory/linear-algebra'
import { predict } from '@shared/theory/prediction'
import { finish } from '@shared/theory/stepwise'
import { largestRelativeError, referenceCases } from './oracle'

interface DynamicsCase {
  id: string
  X_train: number[][]
  X_test: number[][]
  y_train: number[][]
  kernel_train_train: number[][]
  kernel_test_train: number[][]
  nngp_train_train: number[][]
  nngp_test_train: number[][]
  nngp_test_test: number[][]
  eigenvalues: [number, number][]
  results: {
    kind: 'flow' | 'steps'
    k: number
    eta: number
    mean_test: number[][]
    cov_test: number[][]
    mean_train: number[][]
    cov_train: number[][]
  }[]
}

/** The reference cases of function-space dynamics. */
export const dynamicsCases = referenceCases<DynamicsCase>('dynamics')

function inputs(reference: DynamicsCase): { kernels: PredictionKernels; data: Dataset } {
  const kernel = (rows: number[][]) =>
    ({ ...matrixFromRows(rows, 'kernel'), kind: 'sgNtk', symmetric: false }) as const
  const covariance = (rows: number[][]) =>
    ({ ...matrixFromRows(rows, 'nngp'), kind: 'nngp', symmetric: true }) as const
  return {
    kernels: {
      trainTrain: kernel(reference.kernel_train_train),
      testTrain: kernel(reference.kernel_test_train),
      nngpTrainTrain: covariance(reference.nngp_train_train),
      nngpTestTrain: covariance(reference.nngp_test_train),
      nngpTestTest: covariance(reference.nngp_test_test)
    },
    data: {
      trainInputs: matrixFromRows(reference.X_train, 'X_train'),
      trainTargets: matrixFromRows(reference.y_train, 'y_train'),
      testInputs: matrixFromRows(reference.X_test, 'X_test'),
      testTargets: null,
      coordinate: { label: '', unit: '', train: new Float64Array(), test: new Float64Array() }
    }
  }
}

/** The largest error of predicted means and deviations over a case's results after k steps. */
export function largestDynamicsError(reference: DynamicsCase, algebra: LinearAlgebra): number {
  const { kernels, data } = inputs(reference)
  const diagonal = (rows: number[][]) => rows.map((row, i) => Math.sqrt(Math.max(0, row[i]!)))
  const errors = reference.results
    .filter((result) => result.kind === 'steps')
    .flatMap((result) => {
      const [step] = finish(predict(kernels, data, result.eta, [result.k], algebra)).steps
      return [
        largestRelativeError(step!.testMean.values, result.mean_test.flat()),
        largestRelativeError(step!.trainMean.values, result.mean_train.flat()),
        largestRelativeError(step!.testDeviation, diagonal(result.cov_test)),
        // Deviations of points that are fitted to rounding are √ε, not ε.
        largestRelativeError(step!.trainDeviation, diagonal(result.cov_train), 1)
      ]
    })
  return Math.max(...errors)
}
