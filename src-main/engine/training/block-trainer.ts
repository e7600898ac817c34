import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Tensor, Tensor3D } from '@tensorflow/tfjs-node-gpu'
import { LabError } from '@shared/protocol/errors'
import type { TensorFlowModule } from '../tensorflow'
import { eagerOperations } from './eager-operations'
import { forward } from './gradient'
import type { LayerParameters } from './initial-parameters'
import type { StepRunner } from './step-runner'
import type { Trainer, TrainerState, TrainingSpec, TurnTaken } from './trainer'
import { pointsTensor } from './training-data'
import type { TrainingLayer } from './training-layers'
import { affineOf, variableCount } from './training-step'

/** How many steps to run in one call; calibrates itself to calls of about 50 ms. */
export class CallLength {
  private static readonly TARGET_MS = 50
  private steps = 1

  get(): number {
    return this.steps
  }

  /** Takes a call's time into account. */
  took(steps: number, timeMs: number): void {
    const wanted = (CallLength.TARGET_MS * steps) / Math.max(timeMs, 0.01)
    this.steps = Math.max(1, Math.floor(Math.min(wanted, 4 * this.steps)))
  }
}

/** Weights whose movement is measured at a time. */
const MOVED_AT_ONCE = 1e6

/** The trainer of a block of networks, whichever way its steps are run. */
export class BlockTrainer implements Trainer {
  readonly members: number
  private done = 0
  private variables: Tensor[]
  /** w₀, to measure movement from. */
  private readonly initialWeights: readonly Tensor[]
  private readonly ops

  constructor(
    private readonly tf: TensorFlowModule,
    private readonly spec: TrainingSpec,
    private readonly layers: readonly TrainingLayer[],
    private readonly runner: StepRunner,
    private readonly callLength: CallLength,
    parameters: readonly LayerParameters[]
  ) {
    this.ops = eagerOperations(tf)
    this.members = (parameters[0]?.biases.length ?? 0) / (layers[0]?.outputs ?? 1)
    // Factors are applied by TensorFlow, which reuses the memory: garbage of this size lingers in Node.
    const drawn = this.tensors(parameters.flatMap(({ weights, biases }) => [weights, biases]))
    const initial = drawn.map((values, i) => {
      const { weightFactor, biasFactor } = layers[Math.floor(i / 2)] ?? missing()
      return tf.mul(values, i % 2 === 0 ? weightFactor : biasFactor)
    })
    tf.dispose(drawn)
    const slots = variableCount(spec, layers) - initial.length
    const zeros = Array.from({ length: slots }, (_, i) =>
      tf.zerosLike(initial[i % initial.length] ?? missing())
    )
    this.variables = [...initial, ...zeros]
    this.initialWeights = layers.map((_, l) => tf.clone(this.variables[2 * l] ?? missing()))
  }

  get step(): number {
    return this.done
  }

  async advance(toStep: number, signal: AbortSignal, onTurn: TurnTaken): Promise<void> {
    while (this.done < toStep) {
      const wanted = Math.min(this.callLength.get(), toStep - this.done)
      const start = performance.now()
      const { variables, count, isFinite } = this.runner.run(this.variables, this.done, wanted)
      this.callLength.took(count, performance.now() - start)
      this.replace(variables)
      this.done += count
      if (!isFinite) throw this.diverged(this.done - 1)
      await onTurn(this.done)
      await nextTurn()
      signal.throwIfAborted()
    }
  }

  outputs(points: 'train' | 'test'): Float32Array {
    const { tf, spec, layers } = this
    const { trainInputs, testInputs } = spec.data
    const outputs = tf.tidy(() => {
      const inputs = pointsTensor(tf, points === 'train' ? trainInputs : testInputs)
      return forward(this.ops, layers, affineOf(layers, this.variables), inputs).outputs
    })
    try {
      return outputs.dataSync<'float32'>()
    } finally {
      outputs.dispose()
    }
  }

  parameters(): LayerParameters[] {
    const { spec, layers } = this
    const isScaled = spec.design.parametrisation === 'ntk'
    return affineOf(layers, this.variables).map(({ weights, biases }, l) => {
      const { weightFactor, biasFactor } = layers[l] ?? missing()
      return {
        weights: scaled(weights.dataSync<'float32'>(), isScaled ? 1 / weightFactor : 1),
        // With σ_b = 0 biases have no effect and are not trained; their value is then unknown here.
        biases: scaled(biases.dataSync<'float32'>(), isScaled ? inverse(biasFactor) : 1)
      }
    })
  }

  weightMovement(): Float64Array {
    const { tf, layers, members } = this
    const movement = new Float64Array(layers.length * members)
    const norms = (x: Tensor) => tf.sqrt(tf.sum(tf.square(x), [1, 2]))
    layers.forEach(({ inputs, outputs }, l) => {
      const [before, now] = [this.initialWeights[l] ?? missing(), this.variables[2 * l]]
      // A few members at a time: the memory that this takes stays small beside that of training.
      const most = Math.max(1, Math.floor(MOVED_AT_ONCE / (inputs * outputs)))
      for (let from = 0; from < members; from += most) {
        const count = Math.min(most, members - from)
        const moved = tf.tidy(() => {
          const start = tf.slice(before, from, count)
          const gone = tf.sub(tf.slice(now ?? missing(), from, count), start)
          return tf.div(norms(gone), norms(start)).dataSync<'float32'>()
        })
        movement.set(moved, l * members + from)
      }
    })
    return movement
  }

  state(): TrainerState {
    const variables = this.variables.map((variable) => variable.dataSync<'float32'>().slice())
    return { step: this.done, variables }
  }

  restore({ step, variables }: TrainerState): void {
    const isSame =
      variables.length === this.variables.length &&
      this.variables.every(({ size }, i) => size === variables[i]?.length)
    if (!isSame) {
      throw new LabError(
        'invalid-request',
        'The stored state of training does not belong to these networks: start the run anew.'
      )
    }
    this.replace(this.tensors(variables))
    this.done = step
  }

  dispose(): void {
    this.tf.dispose([...this.variables, ...this.initialWeights])
  }

  private replace(variables: Tensor[]): void {
    this.tf.dispose(this.variables)
    this.variables = variables
  }

  private tensors(arrays: readonly Float32Array[]): Tensor3D[] {
    return arrays.map((values, i) => {
      const layer = this.layers[Math.floor(i / 2) % this.layers.length] ?? missing()
      const rows = i % 2 === 0 ? layer.inputs : 1
      return this.tf.tensor3d(values, [this.members, rows, layer.outputs])
    })
  }

  private diverged(step: number): LabError {
    const { sizes, learningRate } = this.spec
    return new LabError(
      'diverged',
      `Networks of layer sizes ${sizes.join('-')} diverged: after ${step} steps their outputs are ` +
        `no longer finite. Lower the learning rate (η = ${learningRate}).`
    )
  }
}

function scaled(values: Float32Array, factor: number): Float32Array {
  return values.map((value) => value * factor)
}

function inverse(factor: number): number {
  return factor === 0 ? 0 : 1 / factor
}

function missing(): never {
  throw new RangeError('network layers and their parameters do not match')
}
