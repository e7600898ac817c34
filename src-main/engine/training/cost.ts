import { parameterCount } from '@shared/design/network'
import type { Optimiser } from '@shared/design/optimiser'
import { delayedCycle } from './delayed-cycle'
import { slotCount } from './optimiser-step'

/**
 * Floating point operations of one training step of one network: forward, weight gradient and
 * backward products, 2·points each a weight; the first layer needs no backward product.
 *
 * @param sizes units per layer, input to output
 */
export function stepFlops(sizes: readonly number[], points: number): number {
  let total = 0
  for (let l = 1; l < sizes.length; l++) {
    const weights = (sizes[l - 1] ?? 0) * (sizes[l] ?? 0)
    total += 2 * points * weights * (l === 1 ? 2 : 3)
  }
  return total
}

/** The networks of an ensemble and the points that they are trained and tested on. */
export interface EnsembleShape {
  readonly sizes: readonly number[]
  readonly members: number
  readonly trainPoints: number
  readonly testPoints: number
  readonly optimiser: Optimiser
}

/** What TensorFlow takes for itself once it trains, whatever the networks: seen, not derived. */
export const WORKING_BYTES = 48 * 2 ** 20

/** What one network in training adds to that. */
function memberBytes(shape: EnsembleShape): number {
  const { sizes, trainPoints, testPoints, optimiser } = shape
  const gradients = optimiser.kind === 'adam' ? 4 : 1
  // As drawn; scaled, to measure movement from; parameters and slots before a call and in it.
  // Where training stops within a cycle of steps, parameters before and after its first steps.
  const stopped = delayedCycle(shape).length > 1 ? 1 : 0
  const arrays = 2 + 2 * (1 + slotCount(optimiser)) + gradients + stopped
  const activities = sizes.reduce((total, size) => total + size, 0) * (trainPoints + testPoints)
  return 4 * (arrays * parameterCount(sizes) + 3 * activities)
}

/** Memory that training a block of the ensemble's networks takes, besides the loaded TensorFlow. */
export function blockBytes(shape: EnsembleShape, blockMembers: number): number {
  return WORKING_BYTES + blockMembers * memberBytes(shape)
}

/** What bounds a block of networks that are trained side by side. */
export interface BlockLimits {
  readonly memoryBytes: number
  /** The block is to stay in the processor's cache: a GPU is faster the more it is given. */
  readonly isCached: boolean
}

export const defaultLimits: BlockLimits = { memoryBytes: 512 * 2 ** 20, isCached: true }

/** What cannot be cut, a step or cycle of one block, should take no longer: cancelling is felt at once. */
const UNCUT_FLOPS = 4e9
/**
 * Weights and activities of a block. Up to here larger blocks are faster, on a processor with 32 MiB of
 * last-level cache, and little changes beyond.
 */
const CACHED_BYTES = 44e6
/** Fewer leave cores idle where networks are small. */
const CACHED_MEMBERS = 2

/**
 * How many networks are trained side by side, bounded in memory, in time per step, and by what
 * stays in the cache.
 */
export function blockSize(
  shape: EnsembleShape,
  { memoryBytes, isCached }: BlockLimits = defaultLimits
): number {
  const { sizes, members, trainPoints } = shape
  const byTime = UNCUT_FLOPS / (delayedCycle(shape).length * stepFlops(sizes, trainPoints))
  const byMemory = (memoryBytes - WORKING_BYTES) / memberBytes(shape)
  const units = sizes.reduce((total, size) => total + size, 0)
  const byCache = CACHED_BYTES / (4 * (parameterCount(sizes) + units * trainPoints))
  const bounds = [byTime, byMemory, isCached ? Math.max(CACHED_MEMBERS, byCache) : Infinity]
  const most = Math.max(1, Math.floor(Math.min(members, ...bounds)))
  // Blocks of nearly equal size: the last should not be a straggler.
  return Math.ceil(members / Math.ceil(members / most))
}
