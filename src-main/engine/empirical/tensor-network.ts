import type { Tensor, Tensor3D } from '@tensorflow/tfjs-node-gpu'
import type { TensorFlowModule } from '../tensorflow'
import type { LayerParameters } from '../training/initial-parameters'
import { tensorElementwise } from '../training/tensor-elementwise'
import type { BackwardDerivative } from './float64-network'
import type { NetworkPrograms } from './network-programs'

/** What a forward pass leaves, members × points × units; the inputs have one member for all. */
export interface TensorTrace {
  readonly activities: readonly Tensor3D[]
  readonly preactivations: readonly Tensor3D[]
  readonly outputs: Tensor3D
}

/**
 * Several networks of one shape side by side in float32, to look at and not to train.
 *
 * Tensors that its methods make belong to the caller's tf.tidy.
 */
export class TensorNetwork {
  private readonly layers: readonly { readonly weights: Tensor3D; readonly biases: Tensor3D }[]
  private readonly ops: ReturnType<typeof tensorElementwise>

  /**
   * @param sizes units per layer, input to output
   * @param parameters one entry per affine layer, as drawn: not scaled
   */
  constructor(
    private readonly tf: TensorFlowModule,
    readonly programs: NetworkPrograms,
    sizes: readonly number[],
    readonly members: number,
    parameters: readonly LayerParameters[]
  ) {
    this.ops = tensorElementwise(tf)
    this.layers = parameters.map(({ weights, biases }, l) => {
      const [inputs = 0, outputs = 0] = [sizes[l], sizes[l + 1]]
      const { weightFactor, biasFactor } = programs.affine[l] ?? missing()
      return tf.tidy(() => ({
        weights: tf.mul<Tensor3D>(tf.tensor3d(weights, [members, inputs, outputs]), weightFactor),
        biases: tf.mul<Tensor3D>(tf.tensor3d(biases, [members, 1, outputs]), biasFactor)
      }))
    })
  }

  /** @param inputs 1 × points × inputs, the same for every member */
  forward(inputs: Tensor3D): TensorTrace {
    const activities: Tensor3D[] = []
    const preactivations: Tensor3D[] = []
    let current = inputs
    this.layers.forEach(({ weights, biases }, l) => {
      activities.push(current)
      current = this.tf.add<Tensor3D>(this.tf.matMul<Tensor3D>(current, weights), biases)
      const hidden = this.programs.hidden[l]
      if (!hidden) return
      preactivations.push(current)
      current = hidden.evaluate<Tensor>(this.ops, current) as Tensor3D
    })
    return { activities, preactivations, outputs: current }
  }

  /**
   * ∂f_k/∂h of every affine layer: members × (points · outputs) × units, outputs running fastest.
   */
  deltas({ preactivations, outputs }: TensorTrace, derivative: BackwardDerivative): Tensor3D[] {
    const { tf, members } = this
    const [, points, count] = outputs.shape
    const deltas: Tensor3D[] = []
    let delta = tf.tile(tf.eye(count).expandDims<Tensor3D>(0), [members, points, 1])
    for (let l = this.layers.length - 1; l >= 0; l--) {
      deltas[l] = delta
      const [hidden, before] = [this.programs.hidden[l - 1], preactivations[l - 1]]
      if (!hidden || !before) break
      const { weights } = this.layers[l] ?? missing()
      const slope = hidden[derivative]<Tensor>(this.ops, before)
      const arriving = tf.matMul<Tensor3D>(delta, weights, false, true)
      delta = count === 1 ? tf.mul(arriving, slope) : this.perOutput(arriving, slope, count)
    }
    return deltas
  }

  dispose(): void {
    this.layers.forEach(({ weights, biases }) => {
      this.tf.dispose([weights, biases])
    })
  }

  /** Every output of a point has the point's slope. */
  private perOutput(arriving: Tensor3D, slope: Tensor, count: number): Tensor3D {
    const [members, rows, units] = arriving.shape
    const points = rows / count
    const product = this.tf.mul(
      arriving.reshape([members, points, count, units]),
      slope.reshape([members, points, 1, units])
    )
    return product.reshape([members, rows, units])
  }
}

function missing(): never {
  throw new RangeError('network layers and their parameters do not match')
}
