import { expect, test } from 'vitest'
import { checkTraining } from '@shared/design/check-training'
import { makeDataset } from '@shared/design/dataset'
import type { Experiment } from '@shared/design/experiment'
import { smallExperiment } from '../../support/small-experiment'

function check(changes: Partial<Experiment>, trainTargets: number[][]) {
  const trainInputs = trainTargets.map((_, i) => [i, 1])
  const data = makeDataset({ kind: 'inline', trainInputs, trainTargets, testInputs: [[0, 0]] })
  checkTraining({ ...smallExperiment(), ...changes }, data)
}

const oneHot = [
  [1, 0],
  [0, 1]
]

test('mini-batches are no larger than the data', () => {
  check({ optimiser: { kind: 'sgd', batchSize: 2 } }, [[3], [4]])
  expect(() => {
    check({ optimiser: { kind: 'sgd', batchSize: 3 } }, [[3], [4]])
  }).toThrow('optimiser.batchSize is 3, but there are 2 training points')
})

test('cross-entropy needs probabilities', () => {
  check({ loss: 'crossEntropy' }, oneHot)
  check({ loss: 'crossEntropy' }, [[0.25, 0.75]])
  expect(() => {
    check({ loss: 'crossEntropy' }, [[1], [0]])
  }).toThrow('one-hot')
  expect(() => {
    check({ loss: 'crossEntropy' }, [...oneHot, [1, 1]])
  }).toThrow('row 2 is 1, 1')
  expect(() => {
    check({ loss: 'crossEntropy' }, [[-1, 2]])
  }).toThrow('row 0 is -1, 2')
})
