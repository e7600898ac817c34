import { makeDataset, type Dataset } from '@shared/design/dataset'
import { networkDesignSchema } from '@shared/design/network'
import type { LayerParameters } from '../../src-main/engine/training/initial-parameters'
import { initialParameters } from '../../src-main/engine/training/initial-parameters'
import type { Trainer, TrainingSpec } from '../../src-main/engine/training/trainer'

/** Data from rows. */
export function inlineData(
  trainInputs: number[][],
  trainTargets: number[][],
  testInputs: number[][]
): Dataset {
  return makeDataset({ kind: 'inline', trainInputs, trainTargets, testInputs })
}

const INPUTS = [
  [0.9, -0.3],
  [-0.4, 1.1],
  [0.2, 0.6],
  [-1.2, -0.7],
  [0.5, -1.3]
]

/** Networks 2-7-…-7-2 on five points; one-hot targets, so that both losses apply. */
export function smallTraining(
  changed: Partial<TrainingSpec> & { depthHidden?: number } = {}
): TrainingSpec {
  const { depthHidden = 2, ...spec } = changed
  const design =
    spec.design ??
    networkDesignSchema.parse({
      depthHidden,
      activation: { name: 'tanh' },
      sigmaW: 1.3,
      sigmaB: 0.4
    })
  return {
    design,
    surrogate: null,
    sizes: [2, ...Array.from({ length: design.depthHidden }, () => 7), 2],
    data: inlineData(
      INPUTS,
      INPUTS.map(([x = 0]) => (x > 0 ? [1, 0] : [0, 1])),
      [
        [0.1, 0.2],
        [0.8, -0.9]
      ]
    ),
    optimiser: { kind: 'gd' },
    loss: 'mse',
    learningRate: 0.05,
    lossFactor: 1,
    seed: 7,
    ...spec
  }
}

/** Initial parameters of members from … from + count − 1. */
export function drawn({ sizes }: TrainingSpec, count: number, from = 0): LayerParameters[] {
  const drawing = initialParameters(sizes, sizes[1]!, 3, from, count)
  for (;;) {
    const piece = drawing.next()
    if (piece.done) return piece.value
  }
}

/** Trains up to a step count without anybody stopping it. */
export function trainTo(trainer: Trainer, step: number): Promise<void> {
  return trainer.advance(step, new AbortController().signal, () => undefined)
}
