import { parameterCount } from '@shared/design/network'
import { batchSizeOf } from '@shared/design/optimiser'
import { blockSize, defaultLimits, stepFlops, type EnsembleShape } from './cost'
import { delayedCycle } from './delayed-cycle'
import { slotCount } from './optimiser-step'

/**
 * What a step takes on two cores with AVX-512, fitted to ensembles of width 20 to 1000, which it meets
 * within a factor of two. On other machines what was measured corrects the sum of it: what counts here
 * are the proportions, for narrow networks do not run at the rate of wide ones.
 */
const STEP_MS = 0.25
const FLOPS_PER_MS = 1.5e8
/** One unit at one point, through φ and ψ. */
const UNIT_MS = 1.5e-6
const BYTES_PER_MS = 4e7

/**
 * How long training an ensemble is expected to take, in milliseconds: of every step the calls of
 * TensorFlow's operations, the arithmetic, the activations, and the passes over the parameters. An
 * estimate, without the recording.
 *
 * @param memoryBytes what networks in training may take; null: as usual
 */
export function expectedTrainingMs(
  shape: EnsembleShape,
  steps: number,
  memoryBytes: number | null
): number {
  const { sizes, members, optimiser } = shape
  const limits = memoryBytes === null ? defaultLimits : { ...defaultLimits, memoryBytes }
  const blocks = Math.ceil(members / blockSize(shape, limits))
  const points = batchSizeOf(optimiser) ?? shape.trainPoints
  const units = sizes.slice(1, -1).reduce((total, size) => total + size, 0)
  // The gradient and the weights written and read; every slot three times.
  const passes = (4 + 3 * slotCount(optimiser)) / delayedCycle(shape).length
  const member =
    stepFlops(sizes, points) / FLOPS_PER_MS +
    units * points * UNIT_MS +
    (4 * passes * parameterCount(sizes)) / BYTES_PER_MS
  return steps * (blocks * STEP_MS + members * member)
}
