import type { NamedArrays } from '../../session/arrays'
import { float32 } from '../../session/stored-array'
import { KernelRecorder } from '../empirical/kernel-recorder'
import type { TrainedEnsemble } from '../training/ensemble-record'
import { trainEnsemble, type EnsembleJob, type TrainingProgress } from '../training/train-ensemble'
import { checkpointNumbers, restoredState, storedState } from './ensemble-checkpoint'
import type { RunContext } from './run-context'
import type { Experiment } from '@shared/design/experiment'

/** The name under which a checkpoint stores the kernels recorded so far. */
const KERNELS = 'empiricalKernels'

/** What a trained ensemble left, and what it took. */
export interface KeptEnsemble {
  readonly trained: TrainedEnsemble
  readonly recorder: KernelRecorder
  /** Wall time of this ensemble, with what it took before it was resumed. */
  readonly wallTimeMs: number
}

/**
 * Trains one ensemble of a run and records its kernels, storing checkpoints on the way; goes on from
 * the run's checkpoint where that is on the way to this ensemble.
 *
 * @throws {LabError} as trainEnsemble; the signal's reason when it aborts
 */
export async function trainAndKeep(
  context: RunContext,
  runId: string,
  ensembleIndex: number,
  job: EnsembleJob,
  experiment: Experiment,
  report: (progress: TrainingProgress, recorder: KernelRecorder) => void
): Promise<KeptEnsemble> {
  const start = performance.now()
  const recorder = new KernelRecorder(context.tf, job, experiment.empiricalKernels)
  const saved = context.session.readCheckpoint(runId)
  const resume =
    saved?.checkpoint.ensembleIndex === ensembleIndex
      ? restoredState(saved.checkpoint, saved.arrays)
      : null
  const earlierMs = resume?.result.trainingMs ?? 0
  if (resume) restoreKernels(recorder, saved?.arrays ?? {})
  const training = trainEnsemble(
    context.tf,
    {
      ...job,
      ...(context.memoryBytes !== null && { memoryBytes: context.memoryBytes }),
      ...(resume && { resume })
    },
    {
      report: (progress) => {
        report(progress, recorder)
      },
      onRecord: (step, from, trainer) => recorder.record(step, from, trainer, context.signal),
      checkpoint: {
        everyMs: context.checkpointMs,
        save: (state) => {
          if (context.signal.aborted && !context.keepsState()) return
          const { checkpoint, arrays } = storedState(ensembleIndex, state)
          const kernels = recorder.steps.length > 0 && { [KERNELS]: float32(recorder.values) }
          context.session.saveCheckpoint(runId, checkpoint, { ...arrays, ...kernels })
        }
      }
    },
    context.signal
  )
  try {
    const trained = await training
    return { trained, recorder, wallTimeMs: performance.now() - start + earlierMs }
  } finally {
    recorder.dispose()
  }
}

function restoreKernels(recorder: KernelRecorder, arrays: NamedArrays): void {
  if (recorder.steps.length === 0) return
  const { length } = recorder.values
  recorder.values.set(checkpointNumbers(arrays, KERNELS, Float32Array, length))
}
