import type { Optimiser } from '@shared/design/optimiser'

/** How steps of training are taken together: see trainingCycle. */
export interface Cycle {
  /** How many steps; 1: each for itself. */
  readonly length: number
  /** Whether a layer's weights wait for the end of the cycle. */
  readonly isDelayed: (layer: { readonly inputs: number; readonly outputs: number }) => boolean
}

/**
 * Steps in a cycle. At 15 points, 2 to 6 steps (width 500) and 4 or 8 (500 and 1000) differed by less
 * than 5 %: a short cycle wastes little where training stops within one.
 */
const LENGTH = 4
/** A layer is delayed whose sides are this many times as long as a cycle's products have terms. */
const TIMES_RANK = 4

/**
 * The cycle of these networks, from their shape alone: where training stops or is cut, and on which
 * machine it runs, has no influence on the order of summation.
 *
 * Optimisers other than plain gradient descent need each gradient of its own: they take single steps.
 *
 * @param sizes units per layer, input to output
 */
export function delayedCycle({
  sizes,
  trainPoints,
  optimiser
}: {
  readonly sizes: readonly number[]
  readonly trainPoints: number
  readonly optimiser: Optimiser
}): Cycle {
  const least = TIMES_RANK * LENGTH * trainPoints
  const isDelayed: Cycle['isDelayed'] = ({ inputs, outputs }) => Math.min(inputs, outputs) >= least
  const hasDelayed = sizes.some((inputs, l) => isDelayed({ inputs, outputs: sizes[l + 1] ?? 0 }))
  return { length: optimiser.kind === 'gd' && hasDelayed ? LENGTH : 1, isDelayed }
}
