import type { TrainerState, TrainingSpec } from './trainer'

/** What an ensemble recorded: R recorded steps, E members, N and T points, k outputs. */
export interface TrainedEnsemble {
  /** R×E×N×k. */
  readonly trainOutputs: Float32Array
  /** R×E×T×k. */
  readonly testOutputs: Float32Array
  /** The loss of every member, summed over points and outputs in float64: R×E. */
  readonly losses: Float64Array
  /** ‖W − W₀‖/‖W₀‖ of every affine layer: R×(L + 1)×E. */
  readonly weightMovement: Float64Array
  /** Wall time of the steps, without recording. */
  trainingMs: number
  /** Floating point operations of the steps. */
  flops: number
}

/** Where the training of an ensemble stands, exactly; everything in it can be stored. */
export interface EnsembleState {
  /** Members whose training has ended. */
  readonly membersDone: number
  /** How many are trained side by side. */
  readonly blockMembers: number
  /** Recorded steps that the block in training has behind it. */
  readonly recordsDone: number
  /** The block in training, null between two blocks. */
  readonly block: TrainerState | null
  /** What is recorded so far; the rest is 0. Training goes on in these arrays. */
  readonly result: TrainedEnsemble
}

/** The sizes of an ensemble's records. */
export interface RecordShape {
  readonly members: number
  readonly recordedSteps: readonly number[]
  readonly sizes: readonly number[]
  readonly data: TrainingSpec['data']
}

/** The records of an ensemble before its training. */
export function emptyEnsemble({
  members,
  recordedSteps,
  sizes,
  data
}: RecordShape): TrainedEnsemble {
  const rows = recordedSteps.length * members
  return {
    trainOutputs: new Float32Array(rows * data.trainTargets.values.length),
    testOutputs: new Float32Array(rows * data.testInputs.rows * data.trainTargets.columns),
    losses: new Float64Array(rows),
    weightMovement: new Float64Array(rows * (sizes.length - 1)),
    trainingMs: 0,
    flops: 0
  }
}

/** Puts what a block of members starting at `from` recorded into its place. */
export function recordBlock(
  result: TrainedEnsemble,
  { members, recordedSteps, sizes }: RecordShape,
  record: number,
  from: number,
  block: Pick<TrainedEnsemble, 'trainOutputs' | 'testOutputs' | 'losses' | 'weightMovement'>
): void {
  const row = record * members + from
  const perMember = (array: { readonly length: number }) =>
    array.length / (members * recordedSteps.length)
  result.trainOutputs.set(block.trainOutputs, row * perMember(result.trainOutputs))
  result.testOutputs.set(block.testOutputs, row * perMember(result.testOutputs))
  result.losses.set(block.losses, row)
  const layers = sizes.length - 1
  const count = block.losses.length
  for (let l = 0; l < layers; l++) {
    const movement = block.weightMovement.subarray(l * count, (l + 1) * count)
    result.weightMovement.set(movement, (record * layers + l) * members + from)
  }
}
