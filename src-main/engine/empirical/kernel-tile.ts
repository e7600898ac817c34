import type { BackwardDerivative } from './float64-network'
import type { KernelOperations, Shaped } from './kernel-operations'
import type { AffineFactors } from './network-programs'
import type { TensorNetwork } from './tensor-network'

/** The derivative on the second argument makes the kernel: φ′ the NTK, ψ the SG-NTK. */
const columnDerivatives = {
  ntk: 'derivative',
  sgNtk: 'surrogate'
} as const satisfies Record<string, BackwardDerivative>
export type KernelName = keyof typeof columnDerivatives

/** What of the kernels a tile holds. */
export interface TileLayout {
  /** Every point is alone, a Gram matrix of its own. */
  readonly diagonal: boolean
  readonly outputs: 'traced' | 'full'
  readonly kernels: readonly KernelName[]
}

/**
 * Kernels of all members of a network block between two sets of points, in one piece.
 *
 * @param first 1 × N × inputs
 * @param second 1 × M × inputs; null: the first points again
 * @returns in the order of `kernels`: members × N × M (× outputs × outputs)
 */
export function kernelTile<T extends Shaped>(
  ops: KernelOperations<T>,
  network: TensorNetwork<T>,
  first: T,
  second: T | null,
  { diagonal, outputs, kernels }: TileLayout
): T[] {
  const rowTrace = network.forward(first)
  const columnTrace = second ? network.forward(second) : rowTrace
  const count = network.outputCount
  const known = new Map<BackwardDerivative, T[]>()
  const columnDeltas = (derivative: BackwardDerivative): T[] => {
    const deltas = known.get(derivative) ?? network.deltas(columnTrace, derivative)
    known.set(derivative, deltas)
    return deltas
  }
  const rowDeltas = second ? network.deltas(rowTrace, 'derivative') : columnDeltas('derivative')
  const layout = { diagonal, outputs, members: network.members }
  const similarities = network.programs.affine.map((factors, l) => {
    const [a, b] = [rowTrace.activities[l], columnTrace.activities[l]]
    if (!a || !b) return missing()
    return similarity(ops, activityRows(ops, a, layout), activityRows(ops, b, layout), factors)
  })
  const rows = rowDeltas.map((delta) => deltaRows(ops, delta, layout))
  // The last layer's δ is the identity over outputs, and its trace's mean is 1.
  const last = similarities.at(-1) ?? missing()
  const own = outputs === 'full' ? ops.multiply(pairs(ops, last), identity(ops, count)) : last
  return kernels.map((name) => {
    const columns = columnDeltas(columnDerivatives[name])
    return rows.reduce((total, delta, l) => {
      const [column, alike] = [columns[l], similarities[l]]
      if (!column || !alike) return missing()
      return ops.scope(() => {
        const products = ops.product(delta, deltaRows(ops, column, layout), 'second')
        const part =
          outputs === 'full'
            ? ops.multiply(pairs(ops, alike), outputPairs(ops, products, count))
            : ops.multiply(alike, ops.scale(products, 1 / count))
        return ops.add(total, part)
      })
    }, own)
  })
}

/** (σ_w²/n) a·a′ + σ_b² between the rows of two activities. */
function similarity<T extends Shaped>(
  ops: KernelOperations<T>,
  a: T,
  b: T,
  { weightFactor, biasFactor }: AffineFactors
): T {
  return ops.scope(() =>
    ops.shift(ops.scale(ops.product(a, b, 'second'), weightFactor ** 2), biasFactor ** 2)
  )
}

/** How the rows of Gram matrices are made of points, outputs and members. */
interface RowLayout extends Pick<TileLayout, 'diagonal' | 'outputs'> {
  readonly members: number
}

function activityRows<T extends Shaped>(
  ops: KernelOperations<T>,
  activity: T,
  { diagonal, members }: RowLayout
): T {
  if (!diagonal) return activity
  const [have = 0, points = 0, units = 0] = activity.shape
  const all = have === members ? activity : ops.tile(activity, [members, 1, 1])
  return ops.reshape(all, [members * points, 1, units])
}

/** Traced: one row a point, its outputs side by side, so that products sum over them. */
function deltaRows<T extends Shaped>(
  ops: KernelOperations<T>,
  delta: T,
  { diagonal, outputs: asked }: RowLayout
): T {
  const [members = 0, points = 0, outputs = 0, units = 0] = delta.shape
  const [rowsEach, length] = asked === 'traced' ? [1, outputs * units] : [outputs, units]
  return ops.reshape(
    delta,
    diagonal ? [members * points, rowsEach, length] : [members, points * rowsEach, length]
  )
}

/** [·, i, j] as [·, i, j, 1, 1]. */
function pairs<T extends Shaped>(ops: KernelOperations<T>, similarity: T): T {
  return ops.reshape(similarity, [...similarity.shape, 1, 1])
}

/** [·, (i, k), (j, l)] as [·, i, j, k, l]. */
function outputPairs<T extends Shaped>(ops: KernelOperations<T>, products: T, outputs: number): T {
  const [batch = 0, rows = 0, columns = 0] = products.shape
  const shape = [batch, rows / outputs, outputs, columns / outputs, outputs]
  return ops.transpose(ops.reshape(products, shape), [0, 1, 3, 2, 4])
}

function identity<T extends Shaped>(ops: KernelOperations<T>, size: number): T {
  const values = Float32Array.from({ length: size * size }, (_, i) =>
    i % (size + 1) === 0 ? 1 : 0
  )
  return ops.tensor(values, [size, size])
}

function missing(): never {
  throw new RangeError('a layer has no trace')
}
