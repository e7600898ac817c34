import { matrixFromRows, type Matrix } from '@shared/design/dataset'
import { trainingTimeSchema } from '@shared/design/training-time'
import { ensembleMoments } from '@shared/theory/ensemble-moments'
import type { LinearAlgebra } from '@shared/theory/linear-algebra'
import type { PredictionKernels } from '@shared/theory/prediction-kernels'
import { finish } from '@shared/theory/stepwise'
import { trainingDynamics } from '@shared/theory/training-dynamics'
import { referenceCases, type ReferenceCase } from './oracle'

export interface DynamicsCase extends Pick<ReferenceCase, 'id' | 'params'> {
  X_train: number[][]
  X_test: number[][]
  y_train: number[][]
  kernel_train_train: number[][]
  kernel_test_train: number[][]
  nngp_train_train: number[][]
  nngp_test_train: number[][]
  nngp_test_test: number[][]
  eigenvalues: [number, number][]
  singular: boolean
  stable: boolean
  results: {
    kind: 'flow' | 'steps'
    k?: number
    t?: number | 'inf'
    eta: number
    mean_test: number[][]
    cov_test: number[][]
    mean_train: number[][]
    cov_train: number[][]
  }[]
}

/** The reference cases of function-space dynamics. */
export const dynamicsCases = referenceCases<DynamicsCase>('dynamics')

/** A case's own kernels; symmetric where it trains with the true derivative. */
export function dynamicsKernels(reference: DynamicsCase): PredictionKernels {
  const kind = reference.params.surrogate ? 'sgNtk' : 'ntk'
  const kernel = (rows: number[][], symmetric: boolean) =>
    ({ ...matrixFromRows(rows, 'kernel'), kind, symmetric }) as const
  const covariance = (rows: number[][]) =>
    ({ ...matrixFromRows(rows, 'nngp'), kind: 'nngp', symmetric: true }) as const
  return {
    trainTrain: kernel(reference.kernel_train_train, kind === 'ntk'),
    testTrain: kernel(reference.kernel_test_train, false),
    nngpTrainTrain: covariance(reference.nngp_train_train),
    nngpTestTrain: covariance(reference.nngp_test_train),
    nngpTestTest: covariance(reference.nngp_test_test)
  }
}

/**
 * The largest error of predicted means and full covariances over a case's results, flow and steps,
 * each relative to the largest entry of its matrix or to 1.
 */
export function largestDynamicsError(reference: DynamicsCase, algebra: LinearAlgebra): number {
  const kernels = dynamicsKernels(reference)
  const targets = matrixFromRows(reference.y_train, 'y_train')
  const dynamics = trainingDynamics(kernels.trainTrain, 0, algebra)
  const errors = reference.results.flatMap(({ kind, t, k, eta, ...wanted }) => {
    const time = trainingTimeSchema.parse(kind === 'flow' ? { kind, t, eta } : { kind, k, eta })
    const propagator = finish(dynamics.at(time, kernels.testTrain))
    const got = ensembleMoments(kernels, targets, propagator, algebra)
    return [
      scaledError(got.testMean, wanted.mean_test),
      scaledError(got.testCovariance, wanted.cov_test),
      scaledError(got.trainMean, wanted.mean_train),
      scaledError(got.trainCovariance, wanted.cov_train)
    ]
  })
  return Math.max(...errors)
}

function scaledError(got: Matrix, wanted: number[][]): number {
  const flat = wanted.flat()
  if (got.values.length !== flat.length) return Infinity
  const scale = Math.max(1, ...flat.map(Math.abs))
  return flat.reduce((worst, value, i) => {
    const error = Math.abs(got.values[i]! - value) / scale
    return Number.isNaN(error) ? Infinity : Math.max(worst, error)
  }, 0)
}
