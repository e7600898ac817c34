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

/** Memory of one network in training: parameters, gradients and updated parameters, and activities. */
export function memberBytes(sizes: readonly number[], points: number): number {
  const activities = sizes.reduce((total, size) => total + size, 0) * points * 6
  return 4 * (3 * parameterCount(sizes) + activities)
}

/** A step of one block should take no longer than this, so that cancelling is felt at once. */
const BLOCK_STEP_FLOPS = 2e9
const BLOCK_BYTES = 512 * 2 ** 20

/** How many networks are trained side by side, bounded in memory and in time per step. */
export function blockSize(sizes: readonly number[], points: number, ensembleSize: number): number {
  const byTime = Math.floor(BLOCK_STEP_FLOPS / stepFlops(sizes, points))
  const byMemory = Math.floor(BLOCK_BYTES / memberBytes(sizes, points))
  return Math.max(1, Math.min(ensembleSize, byTime, byMemory))
}
