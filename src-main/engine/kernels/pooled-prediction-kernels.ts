import type { Dataset } from '@shared/design/dataset'
import type { Condition } from '@shared/design/experiment'
import {
  jointPoints,
  predictionBlocks,
  type PredictionKernels
} from '@shared/theory/prediction-kernels'
import { inTurns } from '../turns'
import type { KernelPool } from './kernel-pool'

/**
 * As predictionKernels, on all cores where points are many.
 *
 * @throws {LabError} invalid-request where the kernels would not fit into memory
 * @throws the signal's reason when aborted
 */
export async function pooledPredictionKernels(
  pool: KernelPool,
  { design, surrogate }: Pick<Condition, 'design' | 'surrogate'>,
  data: Pick<Dataset, 'trainInputs' | 'testInputs'>,
  signal: AbortSignal
): Promise<PredictionKernels> {
  const joint = await pool.compute(design, surrogate, jointPoints(data), null, signal)
  return inTurns(predictionBlocks(joint, data.trainInputs.rows), signal)
}
