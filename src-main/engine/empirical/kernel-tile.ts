import type { Tensor, Tensor3D, Tensor4D } from '@tensorflow/tfjs-node-gpu'
import type { Matrix } from '@shared/design/dataset'
import type { TensorFlowModule } from '../tensorflow'
import type { BackwardDerivative } from './float64-network'
import type { AffineFactors } from './network-programs'
import type { TensorNetwork } from './tensor-network'

/** The derivative on the second argument makes the kernel: φ′ the NTK, ψ the SG-NTK. */
const columnDerivatives = {
  ntk: 'derivative',
  sgNtk: 'surrogate'
} as const satisfies Record<string, BackwardDerivative>
export type KernelName = keyof typeof columnDerivatives

interface TileRequest {
  /** null: the first points again. */
  readonly second: Matrix | null
  readonly diagonal: boolean
  readonly outputs: 'traced' | 'full'
  readonly kernels: readonly KernelName[]
}

/**
 * Kernels of all members of a network block between two sets of points, in one piece.
 *
 * @returns in the order of `kernels`: members × N × M (× outputs × outputs)
 */
export function kernelTile(
  tf: TensorFlowModule,
  network: TensorNetwork,
  first: Matrix,
  { second, diagonal, outputs, kernels }: TileRequest
): Float32Array[] {
  const tensors = tf.tidy(() => {
    const rowTrace = network.forward(network.points(first))
    const columnTrace = second ? network.forward(network.points(second)) : rowTrace
    const count = rowTrace.outputs.shape[2]
    const known = new Map<BackwardDerivative, Tensor4D[]>()
    const columnDeltas = (derivative: BackwardDerivative): Tensor4D[] => {
      const deltas = known.get(derivative) ?? network.deltas(columnTrace, derivative)
      known.set(derivative, deltas)
      return deltas
    }
    const rowDeltas = second ? network.deltas(rowTrace, 'derivative') : columnDeltas('derivative')
    const layout = { diagonal, outputs, members: network.members }
    const similarities = network.programs.affine.map((factors, l) =>
      similarity(
        tf,
        activityRows(tf, rowTrace.activities[l] ?? missing(), layout),
        activityRows(tf, columnTrace.activities[l] ?? missing(), layout),
        factors
      )
    )
    const rows = rowDeltas.map((delta) => deltaRows(delta, layout))
    return kernels.map((name) => {
      const columns = columnDeltas(columnDerivatives[name]).map((delta) => deltaRows(delta, layout))
      // The last layer's δ is the identity over outputs.
      const last = similarities.at(-1) ?? missing()
      let total: Tensor = outputs === 'full' ? tf.mul(pairs(last), tf.eye(count)) : last
      rows.forEach((delta, l) => {
        const products = tf.matMul<Tensor3D>(delta, columns[l] ?? missing(), false, true)
        const alike = similarities[l] ?? missing()
        const part =
          outputs === 'full'
            ? tf.mul(pairs(alike), outputPairs(products, count))
            : tf.mul(alike, count === 1 ? products : tf.mul(products, 1 / count))
        total = tf.add(total, part)
      })
      return total
    })
  })
  try {
    return tensors.map((tensor) => tensor.dataSync<'float32'>())
  } finally {
    tf.dispose(tensors)
  }
}

/** (σ_w²/n) a·a′ + σ_b² between the rows of two activities. */
function similarity(
  tf: TensorFlowModule,
  a: Tensor3D,
  b: Tensor3D,
  { weightFactor, biasFactor }: AffineFactors
): Tensor3D {
  const products = tf.matMul<Tensor3D>(a, b, false, true)
  return tf.add(tf.mul(products, weightFactor ** 2), biasFactor ** 2)
}

/** How the rows of Gram matrices are made of points, outputs and members. */
interface RowLayout {
  /** Every point is alone, a Gram matrix of its own. */
  readonly diagonal: boolean
  /** Traced: one row a point, its outputs side by side, so that products sum over them. */
  readonly outputs: 'traced' | 'full'
  readonly members: number
}

function activityRows(
  tf: TensorFlowModule,
  activity: Tensor3D,
  { diagonal, members }: RowLayout
): Tensor3D {
  if (!diagonal) return activity
  const [have, points, units] = activity.shape
  const all = have === members ? activity : tf.tile(activity, [members, 1, 1])
  return all.reshape([members * points, 1, units])
}

function deltaRows(delta: Tensor4D, { diagonal, outputs: asked }: RowLayout): Tensor3D {
  const [members, points, outputs, units] = delta.shape
  const [rowsEach, length] = asked === 'traced' ? [1, outputs * units] : [outputs, units]
  return diagonal
    ? delta.reshape([members * points, rowsEach, length])
    : delta.reshape([members, points * rowsEach, length])
}

/** [·, i, j] as [·, i, j, 1, 1]. */
function pairs(similarity: Tensor3D): Tensor {
  return similarity.reshape([...similarity.shape, 1, 1])
}

/** [·, (i, k), (j, l)] as [·, i, j, k, l]. */
function outputPairs(products: Tensor3D, outputs: number): Tensor {
  const [batch, rows, columns] = products.shape
  const apart = products.reshape([batch, rows / outputs, outputs, columns / outputs, outputs])
  return apart.transpose([0, 1, 3, 2, 4])
}

function missing(): never {
  throw new RangeError('a layer has no trace')
}
