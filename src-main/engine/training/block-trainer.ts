import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Tensor, Tensor3D } from '@tensorflow/tfjs-node-gpu'
import { LabError } from '@shared/protocol/errors'
import type { TensorFlowModule } from '../tensorflow'
import { eagerOperations } from './eager-operations'
import { forward } from './gradient'
import type { LayerParameters } from './initial-parameters'
import type { RunSteps, StepRunner } from './step-runner'
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
  /** From which cycles go on: what the further course of training depends on. */
  private start: { step: number; variables: Tensor[] }
  /** After the steps beyond that, where training stopped within a cycle. */
  private beyond: Tensor[] | null = null
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
    this.start = { step: 0, variables: [...initial, ...zeros] }
    this.initialWeights = layers.map((_, l) => tf.clone(initial[2 * l] ?? missing()))
  }

  get step(): number {
    return this.done
  }

  async advance(toStep: number, signal: AbortSignal, onTurn: TurnTaken): Promise<void> {
    while (this.done < toStep) {
      this.call(toStep)
      await onTurn(this.done)
      await nextTurn()
      signal.throwIfAborted()
    }
  }

  /**
   * Goes on by one call: by cycles as far as they go, counted from `start`, then by single steps. Those
   * are done again, in a cycle, once training goes past its end: numbers depend on no stop.
   */
  private call(toStep: number): void {
    const { run, cycles } = this.runner
    const whole = cycles ? Math.floor((toStep - this.start.step) / cycles.length) : 0
    const begin = performance.now()
    if (cycles && whole > 0) {
      const atOnce = Math.max(1, Math.floor(this.callLength.get() / cycles.length))
      const wanted = Math.min(whole, atOnce) * cycles.length
      const { variables, count, isFinite } = cycles.run(
        this.start.variables,
        this.start.step,
        wanted
      )
      this.callLength.took(count, performance.now() - begin)
      if (isFinite) {
        this.startFrom(this.start.step + count, variables)
        return
      }
      this.tf.dispose(variables)
      // One by one they say which of them it was.
      this.startFrom(this.start.step, this.start.variables)
      this.steps(run, count)
      throw this.diverged(this.done)
    }
    const count = this.steps(run, Math.min(this.callLength.get(), toStep - this.done))
    this.callLength.took(count, performance.now() - begin)
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
    const { step, variables } = this.start
    return {
      step,
      variables: variables.map((variable) => variable.dataSync<'float32'>().slice())
    }
  }

  restore({ step, variables }: TrainerState): void {
    const isSame =
      variables.length === this.start.variables.length &&
      this.start.variables.every(({ size }, i) => size === variables[i]?.length)
    if (!isSame) {
      throw new LabError(
        'invalid-request',
        'The stored state of training does not belong to these networks: start the run anew.'
      )
    }
    this.startFrom(step, this.tensors(variables))
  }

  dispose(): void {
    this.tf.dispose([...this.start.variables, ...(this.beyond ?? []), ...this.initialWeights])
  }

  /** As they are now. */
  private get variables(): Tensor[] {
    return this.beyond ?? this.start.variables
  }

  private startFrom(step: number, variables: Tensor[]): void {
    this.tf.dispose(this.beyond ?? [])
    this.beyond = null
    if (variables !== this.start.variables) this.tf.dispose(this.start.variables)
    this.start = { step, variables }
    this.done = step
  }

  /** Runs single steps; gives how many it were. */
  private steps(run: RunSteps, wanted: number): number {
    const { variables, count, isFinite } = run(this.variables, this.done, wanted)
    if (this.runner.cycles) {
      this.tf.dispose(this.beyond ?? [])
      this.beyond = variables
      this.done += count
    } else this.startFrom(this.done + count, variables)
    if (!isFinite) throw this.diverged(this.done - 1)
    return count
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
