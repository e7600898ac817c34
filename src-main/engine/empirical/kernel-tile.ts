import type { Tensor, Tensor3D } from '@tensorflow/tfjs-node-gpu'
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
    const rowTrace = network.forward(inputTensor(tf, first))
    const columnTrace = second ? network.forward(inputTensor(tf, second)) : rowTrace
    const count = rowTrace.outputs.shape[2]
    const known = new Map<BackwardDerivative, Tensor3D[]>()
    const columnDeltas = (derivative: BackwardDerivative): Tensor3D[] => {
      const deltas = known.get(derivative) ?? network.deltas(columnTrace, derivative)
      known.set(derivative, deltas)
      return deltas
    }
    const rowDeltas = second ? network.deltas(rowTrace, 'derivative') : columnDeltas('derivative')
    /** One row a point (all outputs side by side) or one a point and output; alone for a diagonal. */
    const laidOut = (delta: Tensor3D): Tensor3D => {
      const [members, rows, units] = delta.shape
      const points = rows / count
      const [perRow, rowsEach] = outputs === 'traced' ? [count * units, 1] : [units, count]
      return diagonal
        ? delta.reshape([members * points, rowsEach, perRow])
        : delta.reshape([members, points * rowsEach, perRow])
    }
    const alone = (activity: Tensor3D): Tensor3D => {
      if (!diagonal) return activity
      const [members, points, units] = activity.shape
      const repeats = network.members / members
      const all = repeats === 1 ? activity : tf.tile(activity, [repeats, 1, 1])
      return all.reshape([network.members * points, 1, units])
    }
    const similarities = network.programs.affine.map((factors, l) =>
      similarity(
        tf,
        alone(rowTrace.activities[l] ?? missing()),
        alone(columnTrace.activities[l] ?? missing()),
        factors
      )
    )
    const rows = rowDeltas.map(laidOut)
    return kernels.map((name) => {
      const columns = columnDeltas(columnDerivatives[name]).map(laidOut)
      let total: Tensor | null = null
      for (const [l, alike] of similarities.entries()) {
        const products = tf.matMul(rows[l] ?? missing(), columns[l] ?? missing(), false, true)
        const part =
          outputs === 'full' ? spread(tf, alike, products, count) : tf.mul(alike, products)
        total = total ? tf.add(total, part) : part
      }
      if (!total) throw new RangeError('a network has layers')
      return outputs === 'full' ? total : tf.mul(total, 1 / count)
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

/** similarity[·, i, j] · products[·, (i, k), (j, l)] as [·, i, j, k, l]. */
function spread(
  tf: TensorFlowModule,
  similarity: Tensor3D,
  products: Tensor,
  outputs: number
): Tensor {
  const [batch, rows, columns] = similarity.shape
  const apart = products.reshape([products.shape[0] ?? batch, rows, outputs, columns, outputs])
  return tf.mul(apart.transpose([0, 1, 3, 2, 4]), similarity.reshape([batch, rows, columns, 1, 1]))
}

/** Points for all members, rounded to float32: 1 × points × inputs. */
function inputTensor(tf: TensorFlowModule, { values, rows, columns }: Matrix): Tensor3D {
  return tf.tensor3d(Float32Array.from(values), [1, rows, columns])
}

function missing(): never {
  throw new RangeError('a layer has no trace')
}
