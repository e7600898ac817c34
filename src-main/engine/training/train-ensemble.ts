import { quantile } from '@shared/comparison/ensemble-statistics'
import { LabError } from '@shared/protocol/errors'
import { inTurns } from '../turns'
import { tensorFlowBinding, type TensorFlowModule } from '../tensorflow'
import { blockSize, defaultLimits, stepFlops } from './cost'
import {
  emptyEnsemble,
  recordBlock,
  type EnsembleState,
  type TrainedEnsemble
} from './ensemble-record'
import { initialParameters } from './initial-parameters'
import { memberLosses } from './member-losses'
import { startTraining } from './start-training'
import type { Trainer, Training, TrainingSpec } from './trainer'

/** One ensemble to train. */
export interface EnsembleJob extends TrainingSpec {
  /** The hidden width: part of the address of the members' random numbers. */
  readonly width: number
  readonly members: number
  /** Rising step counts to record at; the last one ends the training. */
  readonly recordedSteps: readonly number[]
  /** What networks in training may take at most; 512 MiB unless stated. */
  readonly memoryBytes?: number
  /** Where an earlier training of the same ensemble stopped. */
  readonly resume?: EnsembleState
}

/** Where the training of an ensemble stands. */
export interface TrainingProgress {
  readonly membersDone: number
  readonly blockMembers: number
  /** Step of the block in training. */
  readonly step: number
  /** Set where a step was just recorded. */
  readonly loss: { step: number; mean: number; low: number; high: number } | null
  /** What is recorded so far; training goes on in these arrays. */
  readonly result: TrainedEnsemble
}

/** Whom training tells of what. */
export interface TrainingHooks {
  /** At every turn of the event loop and at every recorded step. */
  readonly report: (progress: TrainingProgress) => void
  /** At every recorded step, while the block's networks are at hand; it may take turns. */
  readonly onRecord?: (step: number, from: number, trainer: Trainer) => Promise<void>
  /** Keeps what a later training resumes from: every so often, and once more when it stops early. */
  readonly checkpoint?: {
    readonly everyMs: number
    readonly save: (state: EnsembleState) => void
  }
}

/**
 * Trains an ensemble block by block and records it. Resumed from a state, it ends bit for bit as if
 * it had never stopped, on the same device and build.
 *
 * @param signal aborts between two calls of TensorFlow, within about 100 ms
 * @throws {LabError} 'diverged' where outputs are no longer finite; the signal's reason when aborted
 */
export async function trainEnsemble(
  tf: TensorFlowModule,
  job: EnsembleJob,
  hooks: TrainingHooks,
  signal: AbortSignal
): Promise<TrainedEnsemble> {
  const training = await startTraining(tf, job)
  const keeper = stateKeeper(hooks.checkpoint)
  try {
    let state = job.resume ?? firstState(tf, job)
    while (state.membersDone < job.members) {
      state = await trainBlock(training, job, state, hooks, keeper, signal)
      if (keeper.isDue()) keeper.save(state)
    }
    return state.result
  } finally {
    training.dispose()
  }
}

function firstState(tf: TensorFlowModule, job: EnsembleJob): EnsembleState {
  const { sizes, members, data, optimiser, memoryBytes = defaultLimits.memoryBytes } = job
  const blockMembers = blockSize(
    {
      ...{ sizes, members, optimiser },
      trainPoints: data.trainInputs.rows,
      testPoints: data.testInputs.rows
    },
    { memoryBytes, isCached: !tensorFlowBinding(tf).isUsingGpuDevice() }
  )
  return { membersDone: 0, blockMembers, recordsDone: 0, block: null, result: emptyEnsemble(job) }
}

/** Saves states, and knows when the next one is due. */
function stateKeeper(checkpoint: TrainingHooks['checkpoint']) {
  let lastSaved = performance.now()
  return {
    isDue: () => checkpoint !== undefined && performance.now() - lastSaved > checkpoint.everyMs,
    save: (state: EnsembleState) => {
      checkpoint?.save(state)
      lastSaved = performance.now()
    }
  }
}

/** Trains the next block to its end; gives the state after it. */
async function trainBlock(
  training: Training,
  job: EnsembleJob,
  before: EnsembleState,
  { report, onRecord }: TrainingHooks,
  keeper: ReturnType<typeof stateKeeper>,
  signal: AbortSignal
): Promise<EnsembleState> {
  const { recordedSteps, sizes, width, seed, loss } = job
  const { membersDone: from, result } = before
  const count = Math.min(before.blockMembers, job.members - from)
  const trainer = training.start(
    await inTurns(initialParameters(sizes, width, seed, from, count), signal)
  )
  let recordsDone = before.recordsDone
  const save = () => {
    keeper.save({ ...before, recordsDone, block: trainer.state() })
  }
  const position = (step: number) => ({
    ...{ membersDone: from, blockMembers: count, step, result },
    loss: null
  })
  const onTurn = (step: number) => {
    report(position(step))
    if (keeper.isDue()) save()
  }
  const flopsPerStep = stepFlops(sizes, job.data.trainInputs.rows)
  const flopsBefore = from * (recordedSteps.at(-1) ?? 0) * flopsPerStep
  const advance = async (step: number) => {
    const start = performance.now()
    try {
      await trainer.advance(step, signal, onTurn)
    } finally {
      result.trainingMs += performance.now() - start
      // Of the steps that count: a few are done twice where training stopped within a cycle.
      result.flops = flopsBefore + count * trainer.step * flopsPerStep
    }
  }
  try {
    if (before.block) trainer.restore(before.block)
    for (const [record, step] of recordedSteps.entries()) {
      if (record < recordsDone) continue
      await advance(step)
      const trainOutputs = trainer.outputs('train')
      const losses = memberLosses(trainOutputs, job.data.trainTargets, loss)
      requireFinite(losses, step, job)
      recordBlock(result, job, record, from, {
        trainOutputs,
        testOutputs: trainer.outputs('test'),
        losses,
        weightMovement: trainer.weightMovement()
      })
      report({ ...position(step), loss: { step, ...summary(losses) } })
      await onRecord?.(step, from, trainer)
      // Only now: a training resumed meanwhile records this step again, with whatever onRecord does.
      recordsDone++
      signal.throwIfAborted()
    }
  } catch (problem) {
    if (signal.aborted) save()
    else
      keepRecords(() => {
        keeper.save({ ...before, recordsDone, block: null })
      })
    throw problem
  } finally {
    trainer.dispose()
  }
  return { ...before, membersDone: from + count, recordsDone: 0, block: null }
}

/** Tries to keep what was recorded before a problem; the problem itself is what users should hear of. */
function keepRecords(save: () => void): void {
  try {
    save()
  } catch {
    // The problem may be the full disk that stands in the way here, too.
  }
}

function summary(losses: Float64Array) {
  const mean = losses.reduce((total, loss) => total + loss, 0) / losses.length
  return { mean, low: quantile(losses, 0.05), high: quantile(losses, 0.95) }
}

function requireFinite(losses: Float64Array, step: number, job: EnsembleJob): void {
  if (losses.every(Number.isFinite)) return
  throw new LabError(
    'diverged',
    `Networks of width ${job.width} diverged by step ${step}: the learning rate ` +
      `η = ${job.learningRate} is too large. Lower it.`
  )
}
