import type { Dataset } from '@shared/design/dataset'
import type { NetworkDesign } from '@shared/design/network'
import type { Loss, Optimiser } from '@shared/design/optimiser'
import type { Surrogate } from '@shared/design/surrogate'
import type { LayerParameters } from './initial-parameters'

/** What training networks of one shape needs to know, apart from their initial parameters. */
export interface TrainingSpec {
  readonly design: NetworkDesign
  /** ψ of layers that name none of their own; null: the true derivative. */
  readonly surrogate: Surrogate | null
  /** Units per layer, input to output. */
  readonly sizes: readonly number[]
  readonly data: Pick<Dataset, 'trainInputs' | 'trainTargets' | 'testInputs'>
  readonly optimiser: Optimiser
  readonly loss: Loss
  /** The optimiser's η. */
  readonly learningRate: number
  /** Multiplies the loss, a sum over points and outputs, before it is differentiated: 1/(Nk) makes it a mean. */
  readonly lossFactor: number
  /** Orders mini-batches. */
  readonly seed: number
}

/** Everything that the further course of training depends on: restored, it goes on bit for bit. */
export interface TrainerState {
  /** Steps done: a trainer that takes steps in cycles gives its state at the start of a cycle. */
  readonly step: number
  /**
   * The scaled parameters w = s·W and β = s′·b that training moves, and the optimiser's slots of them:
   * for each layer weights (members × inputs × outputs) and biases (members × outputs), then the
   * first slot of all of these in the same order, then the second.
   */
  readonly variables: readonly Float32Array[]
}

/** Takes a turn between two calls of TensorFlow, after so many steps. */
export type TurnTaken = (step: number) => void | Promise<void>

/**
 * Several networks of one shape in training, side by side, in float32.
 *
 * Two kinds exist: CompiledTrainer, which is fast, and PlainTrainer, which runs the same formulas
 * operation by operation and which tests compare it with. Results depend on neither how steps are
 * cut into calls nor on pauses: on one device and build they are the same bit for bit.
 */
export interface Trainer {
  readonly members: number
  /** Steps done. */
  readonly step: number

  /**
   * Trains up to a step count, giving the event loop turns.
   *
   * @param onTurn awaited at every turn, at least every 100 ms unless a single step takes longer;
   *   the trainer may be looked at meanwhile
   * @throws {LabError} 'diverged', naming the step, when outputs are no longer finite
   * @throws the signal's reason when it aborts; what was done until then stays done
   */
  advance(toStep: number, signal: AbortSignal, onTurn: TurnTaken): Promise<void>

  /** Outputs at all training or test points: members × points × outputs. */
  outputs(points: 'train' | 'test'): Float32Array

  /** W and b as the design's parametrisation has them, rounded once: one entry per affine layer. */
  parameters(): LayerParameters[]

  /** ‖W − W₀‖/‖W₀‖ (Frobenius) of every affine layer: (L + 1) × members. */
  weightMovement(): Float64Array

  /** The latest state from which training goes on bit for bit: at `step`, or a few steps before. */
  state(): TrainerState

  /** @throws {LabError} 'invalid-request' when the state is not one of these networks */
  restore(state: TrainerState): void

  dispose(): void
}

/** Makes trainers of one spec, block by block; holds what they share. */
export interface Training {
  /** @param parameters of every member, as drawn: not scaled */
  start(parameters: readonly LayerParameters[]): Trainer

  /** Call it when all trainers are disposed. */
  dispose(): void
}
