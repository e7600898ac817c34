import {
  limitOfKernels,
  predictorOfKernels,
  type ClassificationKernels,
  type ClassificationLimit,
  type ClassificationTask,
  type FinitePredictor
} from '@shared/theory/classification'
import type { NetworkDesign } from '@shared/design/network'
import type { Surrogate } from '@shared/design/surrogate'
import type { LinearAlgebra } from '@shared/theory/linear-algebra'
import { singularLimit } from '@shared/theory/singular-limit'
import type { KernelPool } from './kernel-pool'

/**
 * As classificationLimit, on all cores where points are many.
 *
 * @throws {LabError} 'invalid-request' where two training points coincide for the kernel
 * @throws the signal's reason when aborted
 */
export async function pooledClassificationLimit(
  pool: KernelPool,
  task: ClassificationTask,
  signal: AbortSignal
): Promise<ClassificationLimit> {
  const { signDesign } = singularLimit(task.design, task.surrogate)
  return limitOfKernels(task, await kernelsOf(pool, signDesign, null, task, signal))
}

/**
 * As finitePredictor, likewise.
 *
 * @throws {LabError} 'invalid-request' where K_m(X, X) is singular
 * @throws the signal's reason when aborted
 */
export async function pooledFinitePredictor(
  pool: KernelPool,
  task: ClassificationTask,
  m: number,
  algebra: LinearAlgebra,
  signal: AbortSignal
): Promise<FinitePredictor> {
  const { design, surrogate } = singularLimit(task.design, task.surrogate).smoothed(m)
  const kernels = await kernelsOf(pool, design, surrogate, task, signal)
  return predictorOfKernels(task, m, kernels, algebra)
}

async function kernelsOf(
  pool: KernelPool,
  design: NetworkDesign,
  surrogate: Surrogate | null,
  { train, test }: ClassificationTask,
  signal: AbortSignal
): Promise<ClassificationKernels> {
  return {
    trainTrain: await pool.compute(design, surrogate, train, null, signal),
    testTrain: await pool.compute(design, surrogate, test, train, signal)
  }
}
