import { activationDefinition } from '@shared/design/activation'
import { networkLayers } from '@shared/design/network'
import { LabError } from '@shared/protocol/errors'
import type { TensorFlowModule } from '../tensorflow'
import type { LayerParameters } from '../training/initial-parameters'
import { startTraining } from '../training/start-training'
import type { EmpiricalTask } from './empirical-spec'
import { flatParameters, toFloat64 } from './parameter-layout'

/** One network after a number of steps. */
export interface TrainedSnapshot {
  readonly step: number
  /** In one list: W¹ row by row, b¹, W², … */
  readonly parameters: number[]
  /** At the first points of the task. */
  readonly outputs: ArrayLike<number>
}

/**
 * Trains the network of a task in float32, as experiments train theirs.
 *
 * @param parameters the task's, in training's layout
 * @param steps rising step counts
 * @throws {LabError} 'invalid-request' where a step function has no surrogate; 'diverged'
 */
export async function trainInFloat32(
  tf: TensorFlowModule,
  { design, surrogate, sizes, layers, first, training }: EmpiricalTask,
  parameters: LayerParameters[],
  steps: readonly number[]
): Promise<TrainedSnapshot[]> {
  if (!training) return []
  const { affine, hidden } = networkLayers(design, surrogate)
  const step = hidden.find(
    (layer) => !layer.surrogate && activationDefinition(layer.activation.name).isStep
  )
  if (step) {
    throw new LabError(
      'invalid-request',
      `${step.activation.name} has derivative zero almost everywhere: give it a surrogate, or train ` +
        'the layers above it alone with "dtype": "float64"'
    )
  }
  const { inputs, targets, stepSize } = training
  const run = await startTraining(tf, {
    ...{ design, surrogate, sizes },
    data: { trainInputs: inputs, trainTargets: targets, testInputs: first },
    optimiser: { kind: 'gd' },
    loss: 'mse',
    learningRate: stepSize,
    lossFactor: 1,
    seed: 0
  })
  const trainer = run.start(parameters)
  try {
    const snapshots: TrainedSnapshot[] = []
    for (const wanted of steps) {
      await trainer.advance(wanted, new AbortController().signal, () => undefined)
      const trained = toFloat64(trainer.parameters(), sizes).map((layer, l) =>
        // With σ_b = 0 biases have no gradient: they stay what they were.
        affine[l]?.sigmaB === 0 ? { ...layer, biases: layers[l]?.biases ?? layer.biases } : layer
      )
      const outputs = trainer.outputs('test')
      snapshots.push({ step: wanted, parameters: flatParameters(trained), outputs })
    }
    return snapshots
  } finally {
    trainer.dispose()
    run.dispose()
  }
}
