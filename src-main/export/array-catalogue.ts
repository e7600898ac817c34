import type { OwnerKind } from '../session/arrays'

/** What an array's dimensions run over, and what its numbers are. */
export interface ArrayMeaning {
  /** From the outermost inwards. */
  readonly dimensions: readonly string[]
  readonly meaning: string
  /** Kernels are large: tables have them on request alone. */
  readonly isKernel?: true
}

const steps: ArrayMeaning = { dimensions: ['record'], meaning: 'the recorded training steps' }

/** What the arrays are that runs store, by owner and name. */
export const arrayCatalogue: Readonly<Record<OwnerKind, Readonly<Record<string, ArrayMeaning>>>> = {
  prediction: {
    steps,
    trainMean: {
      dimensions: ['record', 'train_point', 'output'],
      meaning: 'predicted mean of the ensemble at the training points'
    },
    testMean: {
      dimensions: ['record', 'test_point', 'output'],
      meaning: 'predicted mean of the ensemble at the test points'
    },
    trainDeviation: {
      dimensions: ['record', 'train_point'],
      meaning: 'predicted standard deviation over networks at the training points, of every output'
    },
    testDeviation: {
      dimensions: ['record', 'test_point'],
      meaning: 'predicted standard deviation over networks at the test points, of every output'
    },
    expectedLoss: { dimensions: ['record'], meaning: 'expected training loss' },
    nngpMean: {
      dimensions: ['test_point', 'output'],
      meaning: 'mean of the NNGP regression at the test points'
    },
    nngpDeviation: {
      dimensions: ['test_point'],
      meaning: 'standard deviation of the NNGP regression at the test points'
    },
    kernelTrainTrain: {
      dimensions: ['train_point', 'train_point'],
      meaning:
        'SG-NTK or NTK: rows are first arguments (true derivative), columns second (surrogate)',
      isKernel: true
    },
    kernelTestTrain: {
      dimensions: ['test_point', 'train_point'],
      meaning:
        'SG-NTK or NTK: rows are first arguments (true derivative), columns second (surrogate)',
      isKernel: true
    },
    nngpTrainTrain: {
      dimensions: ['train_point', 'train_point'],
      meaning: 'NNGP kernel',
      isKernel: true
    },
    nngpTestTrain: {
      dimensions: ['test_point', 'train_point'],
      meaning: 'NNGP kernel',
      isKernel: true
    },
    nngpTestTest: {
      dimensions: ['test_point', 'test_point'],
      meaning: 'NNGP kernel',
      isKernel: true
    }
  },
  ensemble: {
    steps,
    trainOutputs: {
      dimensions: ['record', 'member', 'train_point', 'output'],
      meaning: 'outputs of every network at the training points'
    },
    testOutputs: {
      dimensions: ['record', 'member', 'test_point', 'output'],
      meaning: 'outputs of every network at the test points'
    },
    losses: { dimensions: ['record', 'member'], meaning: 'training loss of every network' },
    weightMovement: {
      dimensions: ['record', 'layer', 'member'],
      meaning:
        'how far the weights of a layer moved since the beginning, relative to their norm then'
    },
    empiricalSteps: {
      dimensions: ['kernel_record'],
      meaning: 'the steps whose kernels were recorded'
    },
    empiricalKernels: {
      dimensions: ['kernel_record', 'member', 'test_point', 'train_point'],
      meaning: 'kernel of every network: rows are first arguments, columns second',
      isKernel: true
    }
  },
  checkpoint: {}
}
