import { experimentSchema, type Experiment } from '@shared/design/experiment'

/** A sign network experiment that takes about a second, with anything changed. */
export function smallExperiment(changes: Partial<Experiment> = {}): Experiment {
  return experimentSchema.parse({
    name: 'small',
    data: { kind: 'circle', trainFrom: 'test', trainCount: 8, testCount: 24, seed: 5 },
    design: {
      depthHidden: 2,
      activation: { name: 'sign' },
      sigmaW: 1,
      sigmaB: 0.1
    },
    surrogate: { name: 'erf_prime', m: 1 },
    widths: [24, 32],
    ensembleSize: 10,
    steps: 60,
    learningRate: 0.1,
    lossReduction: 'mean',
    recordCount: 5,
    seed: 11,
    ...changes
  })
}
