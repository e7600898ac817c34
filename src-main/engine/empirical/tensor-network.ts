import type { Tensor, Tensor3D, Tensor4D } from '@tensorflow/tfjs-node-gpu'
import type { Matrix } from '@shared/design/dataset'
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

  /** Outputs at points (float64, rounded to float32): members × points × outputs. */
  outputs(points: Matrix): Float32Array {
    const { tf } = this
    const output = tf.tidy(() => this.forward(this.points(points)).outputs)
    try {
      return output.dataSync<'float32'>()
    } finally {
      output.dispose()
    }
  }

  /** Points for all members, rounded to float32: 1 × points × inputs. */
  points({ values, rows, columns }: Matrix): Tensor3D {
    return this.tf.tensor3d(Float32Array.from(values), [1, rows, columns])
  }

  /**
   * ∂f_k/∂h of every hidden layer: members × points × outputs × units. At the outputs themselves it
   * is the identity, which is left out.
   */
  deltas({ preactivations }: TensorTrace, derivative: BackwardDerivative): Tensor4D[] {
    const { tf } = this
    const deltas: Tensor4D[] = []
    let above: Tensor4D | null = null
    for (let l = preactivations.length - 1; l >= 0; l--) {
      const [hidden, before] = [this.programs.hidden[l], preactivations[l]]
      const { weights } = this.layers[l + 1] ?? missing()
      if (!hidden || !before) return missing()
      const slope = hidden[derivative]<Tensor>(this.ops, before).expandDims(2)
      const arriving: Tensor = above
        ? this.through(above, weights)
        : // The identity's product with Wᵀ is Wᵀ, the same for every point.
          weights.transpose([0, 2, 1]).expandDims(1)
      above = tf.mul<Tensor4D>(arriving, slope)
      deltas[l] = above
    }
    return deltas
  }

  dispose(): void {
    this.layers.forEach(({ weights, biases }) => {
      this.tf.dispose([weights, biases])
    })
  }

  /** δ Wᵀ, over points and outputs together. */
  private through(delta: Tensor4D, weights: Tensor3D): Tensor {
    const [members, points, outputs, units] = delta.shape
    const rows = delta.reshape<Tensor3D>([members, points * outputs, units])
    const arriving = this.tf.matMul<Tensor3D>(rows, weights, false, true)
    return arriving.reshape([members, points, outputs, weights.shape[1]])
  }
}

function missing(): never {
  throw new RangeError('network layers and their parameters do not match')
}
