import { LabError } from '../protocol/errors'
import type { Dataset } from './dataset'
import type { Experiment } from './experiment'
import { batchSizeOf } from './optimiser'

/** Rounding that rows of probabilities may have. */
const TOLERANCE = 1e-6

/**
 * Checks what an experiment's optimiser and loss ask of its data.
 *
 * @throws {LabError} 'invalid-request' for mini-batches larger than the data, and for cross-entropy
 *   with targets that are no probabilities
 */
export function checkTraining({ optimiser, loss }: Experiment, { trainTargets }: Dataset): void {
  const { rows, columns, values } = trainTargets
  const batchSize = batchSizeOf(optimiser)
  if (batchSize !== null && batchSize > rows) {
    throw new LabError(
      'invalid-request',
      `optimiser.batchSize is ${batchSize}, but there are ${rows} training points: use at most ${rows}`
    )
  }
  if (loss !== 'crossEntropy') return
  if (columns < 2) {
    throw new LabError(
      'invalid-request',
      'loss crossEntropy needs an output per class, but targets have one number: give them one-hot'
    )
  }
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * columns, (i + 1) * columns)
    const sum = row.reduce((total, y) => total + y, 0)
    if (Math.abs(sum - 1) <= TOLERANCE && row.every((y) => y >= 0)) continue
    throw new LabError(
      'invalid-request',
      `loss crossEntropy needs targets that are probabilities, but row ${i} is ${[...row].join(', ')}`
    )
  }
}
