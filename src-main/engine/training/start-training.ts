import type { TensorFlowModule } from '../tensorflow'
import { BlockTrainer, CallLength } from './block-trainer'
import { compiledSteps } from './compiled-steps'
import { eagerSteps } from './eager-steps'
import type { Training, TrainingSpec } from './trainer'
import { trainingLayers } from './training-layers'

/**
 * Prepares the training of networks of one shape.
 *
 * @param way 'compiled' is fast; 'plain' runs the same formulas operation by operation, to compare with
 */
export async function startTraining(
  tf: TensorFlowModule,
  spec: TrainingSpec,
  way: 'compiled' | 'plain' = 'compiled'
): Promise<Training> {
  const layers = trainingLayers(spec.design, spec.surrogate, spec.sizes)
  const runner =
    way === 'plain' ? eagerSteps(tf, spec, layers) : await compiledSteps(tf, spec, layers)
  const callLength = new CallLength()
  return {
    start: (parameters) => new BlockTrainer(tf, spec, layers, runner, callLength, parameters),
    dispose: () => {
      runner.dispose()
    }
  }
}
