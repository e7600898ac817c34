import { parameterCount } from '@shared/design/network'

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

/**
 * Memory of one network in training: initial parameters, parameters and slots before and after a
 * call, the gradient of a step, and activities.
 *
 * @param slots arrays that the optimiser keeps per parameter
 */
export function memberBytes(sizes: readonly number[], points: number, slots = 0): number {
  const activities = sizes.reduce((total, size) => total + size, 0) * points * 6
  return 4 * ((2 + 2 * (1 + slots)) * parameterCount(sizes) + activities)
}

/** What bounds a block of networks that are trained side by side. */
export interface BlockLimits {
  readonly memoryBytes: number
  /** The block is to stay in the processor's cache: a GPU is faster the more it is given. */
  readonly isCached: boolean
}

const defaultLimits: BlockLimits = { memoryBytes: 512 * 2 ** 20, isCached: true }

/** A step of one block should take no longer than this, so that cancelling is felt at once. */
const BLOCK_STEP_FLOPS = 2e9
/** Weights and activities of a block, of which a step reads and writes several times as much. */
const CACHED_BYTES = 10e6
/** Fewer leave cores idle where networks are small. */
const CACHED_MEMBERS = 2

/**
 * How many networks are trained side by side, bounded in memory, in time per step, and by what
 * stays in the cache.
 *
 * @param points training points
 */
export function blockSize(
  sizes: readonly number[],
  points: number,
  ensembleSize: number,
  { memoryBytes, isCached }: BlockLimits = defaultLimits,
  slots = 0
): number {
  const byTime = BLOCK_STEP_FLOPS / stepFlops(sizes, points)
  const byMemory = memoryBytes / memberBytes(sizes, points, slots)
  const units = sizes.reduce((total, size) => total + size, 0)
  const byCache = CACHED_BYTES / (4 * (parameterCount(sizes) + units * points))
  const bounds = [byTime, byMemory, isCached ? Math.max(CACHED_MEMBERS, byCache) : Infinity]
  const most = Math.max(1, Math.floor(Math.min(ensembleSize, ...bounds)))
  // Blocks of nearly equal size: the last should not be a straggler.
  return Math.ceil(ensembleSize / Math.ceil(ensembleSize / most))
}
