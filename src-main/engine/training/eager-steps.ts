import type { Tensor } from '@tensorflow/tfjs-node-gpu'
import { batchSizeOf } from '@shared/design/optimiser'
import type { TensorFlowModule } from '../tensorflow'
import { eagerOperations } from './eager-operations'
import { MiniBatches } from './mini-batches'
import type { StepRunner } from './step-runner'
import type { TrainingSpec } from './trainer'
import { trainingData } from './training-data'
import type { TrainingLayer } from './training-layers'
import { trainingStep } from './training-step'

/** The plain way to run steps: operation by operation, each when it is called. */
export function eagerSteps(
  tf: TensorFlowModule,
  spec: TrainingSpec,
  layers: readonly TrainingLayer[]
): StepRunner {
  const ops = eagerOperations(tf)
  const { inputs, targets } = trainingData(tf, spec.data)
  const size = batchSizeOf(spec.optimiser)
  const batches = size === null ? null : new MiniBatches(inputs.shape[1], size, spec.seed)
  const step = (variables: readonly Tensor[], done: number): Tensor[] => {
    const batch = batches && tf.tensor1d(batches.indices(done, 1), 'int32')
    const points = batch
      ? { inputs: tf.gather(inputs, batch, 1), targets: tf.gather(targets, batch, 1) }
      : { inputs, targets }
    const number = tf.scalar(done + 1, 'float32')
    const moved = trainingStep<Tensor>(ops, spec, layers, variables, points, number)
    return [...moved.variables, tf.sum(tf.square(moved.residuals))]
  }
  return {
    run: (variables, first, count) => {
      let current = variables
      for (let done = 1; ; done++) {
        const moved = tf.tidy(() => step(current, first + done - 1))
        const error = moved.pop()
        const isFinite = Number.isFinite(error?.dataSync()[0])
        error?.dispose()
        if (current !== variables) tf.dispose([...current])
        if (done === count || !isFinite) return { variables: moved, count: done, isFinite }
        current = moved
      }
    },
    cycles: null,
    dispose: () => {
      tf.dispose([inputs, targets])
    }
  }
}
