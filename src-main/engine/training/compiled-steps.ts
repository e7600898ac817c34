import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-node-gpu'
import { batchSizeOf } from '@shared/design/optimiser'
import type { TensorFlowModule } from '../tensorflow'
import { delayedCycle } from './delayed-cycle'
import { loadLoop, type LoopModel } from './graph/loop-model'
import { MiniBatches } from './mini-batches'
import type { RunSteps, StepRunner } from './step-runner'
import type { TrainingSpec } from './trainer'
import { trainingData } from './training-data'
import type { TrainingLayer } from './training-layers'
import { trainingLoop } from './training-loop'
import { variableCount } from './training-step'

/** The fast way to run steps: all of them in one call of a graph with a loop. */
export async function compiledSteps(
  tf: TensorFlowModule,
  spec: TrainingSpec,
  layers: readonly TrainingLayer[]
): Promise<StepRunner> {
  const { sizes, optimiser } = spec
  const cycle = delayedCycle({ sizes, optimiser, trainPoints: spec.data.trainInputs.rows })
  const steps = await loadLoop(tf, trainingLoop(spec, layers))
  const cycles = cycle.length === 1 ? null : await loadLoop(tf, trainingLoop(spec, layers, cycle))
  const { inputs, targets } = trainingData(tf, spec.data)
  const size = batchSizeOf(optimiser)
  const batches = size === null ? null : new MiniBatches(inputs.shape[1], size, spec.seed)
  const names = Array.from({ length: variableCount(spec, layers) }, (_, i) => `variable${i}`)
  const runs =
    (model: LoopModel): RunSteps =>
    (variables, first, count) => {
      const counters: NamedTensorMap = {
        step: tf.scalar(first, 'int32'),
        error: tf.scalar(0, 'float32'),
        first: tf.scalar(first, 'int32'),
        last: tf.scalar(first + count, 'int32'),
        ...(batches && {
          batches: tf.tensor2d(batches.indices(first, count), [count, batches.size], 'int32')
        })
      }
      const named = names.map((name, i) => [name, variables[i] ?? missing()] as const)
      const ended = model.run({ ...counters, ...Object.fromEntries(named), inputs, targets })
      const numberOf = (name: string) => ended[name]?.dataSync()[0] ?? NaN
      const done = numberOf('step') - first
      const isFinite = Number.isFinite(numberOf('error'))
      tf.dispose([Object.values(counters), ended['step'] ?? [], ended['error'] ?? []])
      return { variables: names.map((name) => ended[name] ?? missing()), count: done, isFinite }
    }
  return {
    run: runs(steps),
    cycles: cycles && { length: cycle.length, run: runs(cycles) },
    dispose: () => {
      steps.dispose()
      cycles?.dispose()
      tf.dispose([inputs, targets])
    }
  }
}

function missing(): Tensor {
  throw new RangeError('the graph and the variables of training do not match')
}
