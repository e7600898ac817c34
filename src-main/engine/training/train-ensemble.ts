import { setImmediate as nextTurn } from 'node:timers/promises'
import { quantile } from '@shared/comparison/ensemble-statistics'
import type { Dataset, Matrix } from '@shared/design/dataset'
import { layerSizes, type NetworkDesign } from '@shared/design/network'
import type { Surrogate } from '@shared/design/surrogate'
import { LabError } from '@shared/protocol/errors'
import { inTurns } from '../turns'
import type { TensorFlowModule } from '../tensorflow'
import { blockSize } from './cost'
import { initialParameters } from './initial-parameters'
import { NetworkBlock } from './network-block'

/** One ensemble to train. */
export interface EnsembleJob {
  readonly design: NetworkDesign
  readonly surrogate: Surrogate | null
  readonly width: number
  readonly members: number
  readonly seed: number
  readonly data: Dataset
  /** η of the loss ½ Σ. */
  readonly stepSize: number
  /** Rising step counts to record at; the last one ends the training. */
  readonly recordedSteps: readonly number[]
}

/** What an ensemble recorded: R recorded steps, E members, N and T points, k outputs. */
export interface TrainedEnsemble {
  /** R×E×N×k. */
  readonly trainOutputs: Float32Array
  /** R×E×T×k. */
  readonly testOutputs: Float32Array
  /** ½ Σ (f − y)² of every member, R×E, summed in float64. */
  readonly losses: Float64Array
}

/** Where the training of an ensemble stands. */
export interface TrainingProgress {
  readonly membersDone: number
  readonly blockMembers: number
  /** Step of the block in training. */
  readonly step: number
  /** Set where a step was just recorded. */
  readonly loss: { step: number; mean: number; low: number; high: number } | null
}

/** The event loop gets a turn at least this often. */
const TURN_MS = 30

/**
 * Trains an ensemble block by block and records its outputs.
 *
 * @param report called at most every 30 ms and at every recorded step
 * @param signal aborts between two steps
 * @throws {LabError} 'diverged' where outputs are no longer finite; the signal's reason when aborted
 */
export async function trainEnsemble(
  tf: TensorFlowModule,
  job: EnsembleJob,
  report: (progress: TrainingProgress) => void,
  signal: AbortSignal
): Promise<TrainedEnsemble> {
  const { data, width, members, recordedSteps } = job
  const { trainInputs, trainTargets, testInputs } = data
  const outputs = trainTargets.columns
  const sizes = layerSizes(job.design, trainInputs.columns, width, outputs)
  const perBlock = blockSize(sizes, trainInputs.rows, members)
  const records = recordedSteps.length
  const result: TrainedEnsemble = {
    trainOutputs: new Float32Array(records * members * trainInputs.rows * outputs),
    testOutputs: new Float32Array(records * members * testInputs.rows * outputs),
    losses: new Float64Array(records * members)
  }
  for (let from = 0; from < members; from += perBlock) {
    const count = Math.min(perBlock, members - from)
    await trainBlock(tf, job, sizes, { from, count }, result, report, signal)
  }
  return result
}

async function trainBlock(
  tf: TensorFlowModule,
  job: EnsembleJob,
  sizes: readonly number[],
  { from, count }: { from: number; count: number },
  result: TrainedEnsemble,
  report: (progress: TrainingProgress) => void,
  signal: AbortSignal
): Promise<void> {
  const { data, recordedSteps, stepSize } = job
  const { trainInputs, trainTargets, testInputs } = data
  const parameters = await inTurns(
    initialParameters(sizes, job.width, job.seed, from, count),
    signal
  )
  const block = new NetworkBlock(tf, job.design, job.surrogate, sizes, count, parameters)
  const train = block.inputs(trainInputs.values, trainInputs.rows)
  const test = block.inputs(testInputs.values, testInputs.rows)
  const targets = tf.tensor3d(Float32Array.from(trainTargets.values), [
    1,
    trainTargets.rows,
    trainTargets.columns
  ])
  let lastTurn = performance.now()
  const position = (step: number): TrainingProgress => ({
    membersDone: from,
    blockMembers: count,
    step,
    loss: null
  })
  try {
    let step = 0
    for (const [record, recordedStep] of recordedSteps.entries()) {
      while (step < recordedStep) {
        block.step(train, targets, stepSize)
        step++
        if (performance.now() - lastTurn > TURN_MS) {
          report(position(step))
          await nextTurn()
          lastTurn = performance.now()
          signal.throwIfAborted()
        }
      }
      const trainOutputs = block.outputs(train)
      const losses = memberLosses(trainOutputs, trainTargets, count)
      requireFinite(losses, step, job)
      const row = record * job.members + from
      result.trainOutputs.set(trainOutputs, row * trainTargets.values.length)
      result.testOutputs.set(block.outputs(test), row * testInputs.rows * trainTargets.columns)
      result.losses.set(losses, row)
      const mean = losses.reduce((total, loss) => total + loss, 0) / count
      const loss = { step, mean, low: quantile(losses, 0.05), high: quantile(losses, 0.95) }
      report({ ...position(step), loss })
      await nextTurn()
      lastTurn = performance.now()
      signal.throwIfAborted()
    }
  } finally {
    block.dispose()
    tf.dispose([train, test, targets])
  }
}

/** ½ Σ (f − y)² of each member over points and outputs. */
function memberLosses(outputs: Float32Array, targets: Matrix, members: number): Float64Array {
  const size = targets.values.length
  return Float64Array.from({ length: members }, (_, member) => {
    let total = 0
    for (let i = 0; i < size; i++) {
      const gap = (outputs[member * size + i] ?? NaN) - (targets.values[i] ?? NaN)
      total += gap * gap
    }
    return total / 2
  })
}

function requireFinite(losses: Float64Array, step: number, job: EnsembleJob): void {
  if (losses.every(Number.isFinite)) return
  throw new LabError(
    'diverged',
    `Networks of width ${job.width} diverged by step ${step}: the step size η = ${job.stepSize} ` +
      '(loss ½ Σ) is too large. Lower the learning rate.'
  )
}
