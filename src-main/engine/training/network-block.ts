import type { Tensor, Tensor3D } from '@tensorflow/tfjs-node-gpu'
import { activationMath } from '@shared/design/activation'
import { networkLayers, type NetworkDesign } from '@shared/design/network'
import { surrogateMath, type Surrogate } from '@shared/design/surrogate'
import type { TensorFlowModule } from '../tensorflow'
import type { LayerParameters } from './initial-parameters'
import { tensorElementwise } from './tensor-elementwise'

interface AffineTensors {
  /** W σ_w/√n, members × inputs × outputs. */
  weights: Tensor3D
  /** b σ_b, members × 1 × outputs. */
  biases: Tensor3D
  readonly weightFactor: number
  readonly biasFactor: number
}

interface Trace {
  /** Activities that enter each affine layer. */
  readonly activities: Tensor3D[]
  /** Pre-activations of each hidden layer. */
  readonly preactivations: Tensor3D[]
  readonly output: Tensor3D
}

/**
 * Several networks of one shape, trained side by side by full-batch gradient descent in float32.
 *
 * NTK parametrisation: h = (σ_w/√n) W a + σ_b b. The tensors hold w = (σ_w/√n) W and β = σ_b b,
 * for which a gradient step of size η on W and b is w ← w − η (σ_w²/n) ∂L/∂w, β ← β − η σ_b² ∂L/∂β.
 * The backward pass is written by hand: wherever backpropagation asks for φ′ it takes the surrogate ψ
 * (surrogate gradient learning), or φ′ itself where no surrogate is given.
 */
export class NetworkBlock {
  private readonly layers: AffineTensors[]
  private readonly hidden: readonly {
    readonly evaluate: (z: Tensor3D) => Tensor3D
    readonly backward: (z: Tensor3D) => Tensor3D
  }[]

  /**
   * @param sizes units per layer, input to output
   * @param parameters one entry per affine layer, as drawn: not scaled
   */
  constructor(
    private readonly tf: TensorFlowModule,
    design: NetworkDesign,
    surrogate: Surrogate | null,
    private readonly sizes: readonly number[],
    readonly members: number,
    parameters: readonly LayerParameters[]
  ) {
    const { affine, hidden } = networkLayers(design, surrogate)
    const ops = tensorElementwise(tf)
    this.hidden = hidden.map((layer) => {
      const math = activationMath(layer.activation)
      const derivative = layer.surrogate ? surrogateMath(layer.surrogate).evaluate : math.derivative
      if (!derivative) {
        throw new RangeError(`${layer.activation.name} cannot be trained without a surrogate`)
      }
      return {
        evaluate: (z) => math.evaluate<Tensor>(ops, z) as Tensor3D,
        backward: (z) => derivative<Tensor>(ops, z) as Tensor3D
      }
    })
    this.layers = affine.map(({ sigmaW, sigmaB }, l) => {
      const [inputs = 0, outputs = 0] = [sizes[l], sizes[l + 1]]
      const { weights, biases } = parameters[l] ?? missing()
      const weightFactor = sigmaW / Math.sqrt(inputs)
      return tf.tidy(() => ({
        weights: tf.mul<Tensor3D>(tf.tensor3d(weights, [members, inputs, outputs]), weightFactor),
        biases: tf.mul<Tensor3D>(tf.tensor3d(biases, [members, 1, outputs]), sigmaB),
        weightFactor,
        biasFactor: sigmaB
      }))
    })
  }

  /** Inputs (points × n₀, float64, rounded to float32) laid out for every member. */
  inputs(values: Float64Array, points: number): Tensor3D {
    const { tf, members } = this
    const width = this.sizes[0] ?? 0
    return tf.tidy(() => {
      const once = tf.tensor3d(Float32Array.from(values), [1, points, width])
      return tf.tile(once, [members, 1, 1])
    })
  }

  /** Outputs of all members: members × points × outputs. */
  outputs(inputs: Tensor3D): Float32Array {
    const output = this.tf.tidy(() => this.forward(inputs).output)
    try {
      return output.dataSync<'float32'>()
    } finally {
      output.dispose()
    }
  }

  /**
   * One step of gradient descent on ½ Σ (f − y)².
   *
   * @param targets 1 × points × outputs
   */
  step(inputs: Tensor3D, targets: Tensor3D, stepSize: number): void {
    const { tf } = this
    const updated = tf.tidy(() => {
      const { activities, preactivations, output } = this.forward(inputs)
      let delta = tf.sub<Tensor3D>(output, targets)
      const next: [Tensor3D, Tensor3D][] = []
      for (let l = this.layers.length - 1; l >= 0; l--) {
        const layer = this.layers[l] ?? missing()
        // The factors go on the small deltas, not on the large gradients: one pass less over memory.
        const weightDelta = tf.mul(delta, stepSize * layer.weightFactor ** 2)
        const biasDelta = tf.mul(delta, stepSize * layer.biasFactor ** 2)
        next[l] = [
          tf.sub(layer.weights, tf.matMul(activities[l] ?? missing(), weightDelta, true, false)),
          tf.sub(layer.biases, tf.sum(biasDelta, 1, true))
        ]
        if (l > 0) {
          const arriving = tf.matMul<Tensor3D>(delta, layer.weights, false, true)
          const { backward } = this.hidden[l - 1] ?? missing()
          delta = tf.mul(arriving, backward(preactivations[l - 1] ?? missing()))
        }
      }
      return next
    })
    updated.forEach(([weights, biases], l) => {
      const layer = this.layers[l] ?? missing()
      tf.dispose([layer.weights, layer.biases])
      layer.weights = weights
      layer.biases = biases
    })
  }

  /** The parameters W and b as they are now. */
  parameters(): LayerParameters[] {
    return this.layers.map(({ weights, biases, weightFactor, biasFactor }) => ({
      weights: weights.dataSync<'float32'>().map((value) => value / weightFactor),
      // With σ_b = 0 biases have no effect and are not trained; their value is then unknown here.
      biases: biases
        .dataSync<'float32'>()
        .map((value) => (biasFactor === 0 ? 0 : value / biasFactor))
    }))
  }

  dispose(): void {
    this.layers.forEach(({ weights, biases }) => {
      this.tf.dispose([weights, biases])
    })
  }

  private forward(inputs: Tensor3D): Trace {
    const activities: Tensor3D[] = []
    const preactivations: Tensor3D[] = []
    let current = inputs
    this.layers.forEach(({ weights, biases }, l) => {
      activities.push(current)
      current = this.tf.add<Tensor3D>(this.tf.matMul<Tensor3D>(current, weights), biases)
      const after = this.hidden[l]
      if (!after) return
      preactivations.push(current)
      current = after.evaluate(current)
    })
    return { activities, preactivations, output: current }
  }
}

function missing(): never {
  throw new RangeError('network layers and their parameters do not match')
}
