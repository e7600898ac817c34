import { parameterCount } from '@shared/design/network'

/** A piece of work takes no more than this, so that a cancel is felt at once. */
const TILE_FLOPS = 2e9
const TILE_BYTES = 256 * 2 ** 20

/** How a kernel is cut: points a side of a tile, and networks side by side. */
export interface TilePlan {
  readonly points: number
  readonly members: number
}

/**
 * Cuts an empirical kernel into tiles bounded in time and memory.
 *
 * A point costs 2 operations a weight forwards, and as many for each output backwards through φ′ and
 * ψ; a pair of points costs 2 a unit for activities and for each pair of outputs.
 *
 * @param sizes units per layer, input to output
 * @param points the larger number of points of the two arguments
 */
export function planTiles(sizes: readonly number[], points: number, members: number): TilePlan {
  const outputs = sizes.at(-1) ?? 1
  const units = sizes.reduce((total, size) => total + size, 0)
  const weights = parameterCount(sizes)
  const perPoint = 2 * weights * (1 + 2 * outputs)
  const perPair = 2 * units * (1 + 2 * outputs ** 2)
  const byTime = (Math.sqrt(perPoint ** 2 + perPair * TILE_FLOPS) - perPoint) / perPair
  // Both arguments: activities, pre-activations, and δ twice for each output, with temporaries.
  const byMemory = TILE_BYTES / (4 * 2 * units * (4 + 4 * outputs))
  const side = Math.max(1, Math.floor(Math.min(points, byTime, byMemory)))
  const memberFlops = 2 * side * perPoint + side ** 2 * perPair
  const memberBytes = 4 * (2 * weights + 2 * side * units * (4 + 4 * outputs))
  const together = Math.floor(Math.min(TILE_FLOPS / memberFlops, TILE_BYTES / memberBytes))
  return { points: side, members: Math.max(1, Math.min(members, together)) }
}

/** Some of a sequence. */
export interface Range {
  readonly from: number
  readonly count: number
}

/** The ranges of `size` or fewer that cover 0 … total − 1. */
export function ranges(total: number, size: number): Range[] {
  return Array.from({ length: Math.ceil(total / size) }, (_, i) => ({
    from: i * size,
    count: Math.min(size, total - i * size)
  }))
}
