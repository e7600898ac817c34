import type { Matrix } from '@shared/design/dataset'
import type { LayerParameters } from '../training/initial-parameters'
import type { BackwardDerivative } from './float64-network'
import type { ElementwiseProgram, NetworkPrograms } from './network-programs'
import type { RawTensor, RawTensors } from './raw-tensors'

/** What a pass to the last hidden layer leaves: members × points × units, one member for inputs. */
export interface TensorTrace {
  readonly activities: readonly RawTensor[]
  readonly preactivations: readonly RawTensor[]
}

/**
 * Several networks of one shape side by side in float32, to look at and not to train.
 *
 * All tensors belong to the scope of `ops` that they are made in.
 */
export class TensorNetwork {
  private readonly layers: readonly { readonly weights: RawTensor; readonly biases: RawTensor }[]

  /**
   * @param sizes units per layer, input to output
   * @param parameters one entry per affine layer, as drawn: not scaled
   */
  constructor(
    private readonly ops: RawTensors,
    readonly programs: NetworkPrograms,
    readonly sizes: readonly number[],
    readonly members: number,
    parameters: readonly LayerParameters[]
  ) {
    this.layers = parameters.map(({ weights, biases }, l) => {
      const [inputs = 0, outputs = 0] = [sizes[l], sizes[l + 1]]
      const { weightFactor, biasFactor } = programs.affine[l] ?? missing()
      const scaled = (values: Float32Array, shape: number[], factor: number): RawTensor =>
        ops.scope(() => ops.scale(ops.tensor(values, shape), factor))
      return {
        weights: scaled(weights, [members, inputs, outputs], weightFactor),
        biases: scaled(biases, [members, 1, outputs], biasFactor)
      }
    })
  }

  /** The pass up to the last hidden layer: kernels need no outputs. */
  forward(points: Matrix): TensorTrace {
    const { ops, programs } = this
    // Rounded to float32: 1 × points × inputs, for all members.
    const inputs = ops.tensor(Float32Array.from(points.values), [1, points.rows, points.columns])
    const activities = [inputs]
    const preactivations: RawTensor[] = []
    programs.hidden.forEach((hidden, l) => {
      const preactivation = this.affine(l, activities[l] ?? missing())
      preactivations.push(preactivation)
      activities.push(this.applied(hidden.evaluate, preactivation))
    })
    return { activities, preactivations }
  }

  /** Outputs at points: members × points × outputs. */
  outputs(points: Matrix): Float32Array {
    const { ops } = this
    let values: Float32Array = new Float32Array()
    ops.scope(() => {
      const { activities } = this.forward(points)
      const last = this.layers.length - 1
      values = ops.read(this.affine(last, activities[last] ?? missing()))
      return []
    })
    return values
  }

  /**
   * ∂f_k/∂h of every hidden layer: members × points × outputs × units. At the outputs themselves it
   * is the identity, which is left out.
   */
  deltas({ preactivations }: TensorTrace, derivative: BackwardDerivative): RawTensor[] {
    const { ops } = this
    const deltas: RawTensor[] = []
    for (let l = preactivations.length - 1; l >= 0; l--) {
      const [hidden, before] = [this.programs.hidden[l], preactivations[l]]
      const { weights } = this.layers[l + 1] ?? missing()
      if (!hidden || !before) return missing()
      const [members = 0, points = 0, units = 0] = before.shape
      const above = deltas[l + 1]
      deltas[l] = ops.scope(() => {
        const slope = this.applied(hidden[derivative], before)
        const arriving = above ? this.through(above, weights) : this.ofOutputs(weights)
        return ops.multiply(arriving, ops.reshape(slope, [members, points, 1, units]))
      })
    }
    return deltas
  }

  private affine(l: number, entering: RawTensor): RawTensor {
    const { ops } = this
    const { weights, biases } = this.layers[l] ?? missing()
    return ops.scope(() => ops.add(ops.product(entering, weights), biases))
  }

  /** δ Wᵀ, over points and outputs together. */
  private through(delta: RawTensor, weights: RawTensor): RawTensor {
    const { ops } = this
    const [members = 0, points = 0, outputs = 0, units = 0] = delta.shape
    const rows = ops.reshape(delta, [members, points * outputs, units])
    const arriving = ops.product(rows, weights, 'second')
    return ops.reshape(arriving, [members, points, outputs, weights.shape[1] ?? 0])
  }

  /** The identity's product with Wᵀ: Wᵀ, the same for every point, members × 1 × outputs × units. */
  private ofOutputs(weights: RawTensor): RawTensor {
    const [members = 0, units = 0, outputs = 0] = weights.shape
    return this.ops.reshape(this.ops.transpose(weights, [0, 2, 1]), [members, 1, outputs, units])
  }

  private applied(program: ElementwiseProgram, tensor: RawTensor): RawTensor {
    return this.ops.scope(() => program<RawTensor>(this.ops, tensor))
  }
}

function missing(): never {
  throw new RangeError('network layers and their parameters do not match')
}
