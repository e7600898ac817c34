import type { LayerParameters } from '../training/initial-parameters'
import type { BackwardDerivative } from './float64-network'
import type { KernelOperations, Shaped } from './kernel-operations'
import type { ElementwiseProgram, NetworkPrograms } from './network-programs'
import type { RawTensor, RawTensors } from './raw-tensors'

/** What a pass to the last hidden layer leaves: members × points × units, one member for inputs. */
export interface TensorTrace<T> {
  readonly activities: readonly T[]
  readonly preactivations: readonly T[]
}

/** One affine map of several networks, with its factors: members × inputs × outputs and × 1 × outputs. */
export interface TensorLayer<T> {
  readonly weights: T
  readonly biases: T
}

/**
 * Parameters as tensors, with their factors.
 *
 * @param sizes units per layer, input to output
 * @param parameters one entry per affine layer, as drawn: not scaled
 */
export function tensorLayers(
  ops: RawTensors,
  programs: NetworkPrograms,
  sizes: readonly number[],
  members: number,
  parameters: readonly LayerParameters[]
): TensorLayer<RawTensor>[] {
  return parameters.map(({ weights, biases }, l) => {
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

/**
 * Several networks of one shape side by side in float32, to look at and not to train.
 *
 * All tensors belong to the scope of `ops` that they are made in.
 */
export class TensorNetwork<T extends Shaped> {
  constructor(
    private readonly ops: KernelOperations<T>,
    readonly programs: NetworkPrograms,
    private readonly layers: readonly TensorLayer<T>[]
  ) {}

  /** How many networks. */
  get members(): number {
    return this.layers[0]?.weights.shape[0] ?? 0
  }

  /** Units of the last layer. */
  get outputCount(): number {
    return this.layers.at(-1)?.weights.shape[2] ?? 0
  }

  /**
   * The pass up to the last hidden layer: kernels need no outputs.
   *
   * @param inputs 1 × points × inputs, for all members
   */
  forward(inputs: T): TensorTrace<T> {
    const { programs } = this
    const activities = [inputs]
    const preactivations: T[] = []
    programs.hidden.forEach((hidden, l) => {
      const preactivation = this.affine(l, activities[l] ?? missing())
      preactivations.push(preactivation)
      activities.push(this.applied(hidden.evaluate, preactivation))
    })
    return { activities, preactivations }
  }

  /** Outputs at points: members × points × outputs. */
  outputs(inputs: T): T {
    const last = this.layers.length - 1
    return this.ops.scope(() =>
      this.affine(last, this.forward(inputs).activities[last] ?? missing())
    )
  }

  /**
   * ∂f_k/∂h of every hidden layer: members × points × outputs × units. At the outputs themselves it
   * is the identity, which is left out.
   */
  deltas({ preactivations }: TensorTrace<T>, derivative: BackwardDerivative): T[] {
    const { ops } = this
    const deltas: T[] = []
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

  private affine(l: number, entering: T): T {
    const { ops } = this
    const { weights, biases } = this.layers[l] ?? missing()
    return ops.scope(() => ops.add(ops.product(entering, weights), biases))
  }

  /** δ Wᵀ, over points and outputs together. */
  private through(delta: T, weights: T): T {
    const { ops } = this
    const [members = 0, points = 0, outputs = 0, units = 0] = delta.shape
    const rows = ops.reshape(delta, [members, points * outputs, units])
    const arriving = ops.product(rows, weights, 'second')
    return ops.reshape(arriving, [members, points, outputs, weights.shape[1] ?? 0])
  }

  /** The identity's product with Wᵀ: Wᵀ, the same for every point, members × 1 × outputs × units. */
  private ofOutputs(weights: T): T {
    const [members = 0, units = 0, outputs = 0] = weights.shape
    return this.ops.reshape(this.ops.transpose(weights, [0, 2, 1]), [members, 1, outputs, units])
  }

  private applied(program: ElementwiseProgram, tensor: T): T {
    return this.ops.scope(() => program<T>(this.ops, tensor))
  }
}

function missing(): never {
  throw new RangeError('network layers and their parameters do not match')
}
