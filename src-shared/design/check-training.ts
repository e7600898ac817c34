import { LabError } from '../protocol/errors'
import type { Dataset, Matrix } from './dataset'
import type { Experiment } from './experiment'
import { batchSizeOf, type Loss, type Optimiser } from './optimiser'

/** Rounding that rows of probabilities may have. */
const TOLERANCE = 1e-6

/**
 * Checks what an experiment's optimiser and loss ask of its data.
 *
 * @throws {LabError} 'invalid-request' for mini-batches larger than the data, and for cross-entropy
 *   with targets that are no probabilities
 */
export function checkTraining({ optimiser, loss }: Experiment, { trainTargets }: Dataset): void {
  const problem = batchSizeProblem(optimiser, trainTargets.rows) ?? lossProblem(loss, trainTargets)
  if (problem !== null) throw new LabError('invalid-request', problem)
}

/** Why an optimiser's mini-batches do not suit so many training points; null where they do. */
export function batchSizeProblem(optimiser: Optimiser, points: number): string | null {
  const batchSize = batchSizeOf(optimiser)
  if (batchSize === null || batchSize <= points) return null
  return `optimiser.batchSize is ${batchSize}, but there are ${points} training points: use at most ${points}`
}

/** Why a loss does not suit training targets (N×k); null where it does. */
export function lossProblem(loss: Loss, { rows, columns, values }: Matrix): string | null {
  if (loss !== 'crossEntropy') return null
  if (columns < 2) {
    return 'loss crossEntropy needs an output per class, but targets have one number: give them one-hot'
  }
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * columns, (i + 1) * columns)
    const sum = row.reduce((total, y) => total + y, 0)
    if (Math.abs(sum - 1) <= TOLERANCE && row.every((y) => y >= 0)) continue
    return `loss crossEntropy needs targets that are probabilities, but row ${i} is ${[...row].join(', ')}`
  }
  return null
}
