import { resolveDataset } from '@shared/design/dataset'
import type { TableSource } from '@shared/design/datasets/table'
import type { Session } from '../../src-main/session/session'
import { float32, float64, int32, type StoredArray } from '../../src-main/session/stored-array'
import { environment, experiment, prediction, sampleEnsemble, sampleRun } from './sample-values'

/** Experiments of the circle need no table. */
export const noTables: TableSource = {
  bundled: () => {
    throw new Error('no bundled set is needed')
  },
  stored: () => {
    throw new Error('no stored set is needed')
  }
}

export const steps = [0, 3000]
export const members = 3
const data = resolveDataset(experiment.data, noTables)
export const [trainPoints, testPoints] = [data.trainInputs.rows, data.testInputs.rows]

/** Numbers that only exact printing keeps apart. */
const number = (i: number): number => Math.sin(i + 1) / 3

function array64(...shape: number[]): StoredArray {
  const size = shape.reduce((product, extent) => product * extent, 1)
  return float64(
    Float64Array.from({ length: size }, (_, i) => number(i)),
    shape
  )
}

function array32(...shape: number[]): StoredArray {
  const { data } = array64(...shape)
  return float32(Float32Array.from(data), shape)
}

const recorded = int32(Int32Array.from(steps))

/** Stores a finished run with a prediction and two ensembles, as run-experiment.ts does. */
export function storeRun(session: Session, id: string): void {
  session.addRun(sampleRun(id))
  session.addPrediction(id, prediction, {
    steps: recorded,
    trainMean: array64(2, trainPoints, 1),
    testMean: array64(2, testPoints, 1),
    trainDeviation: array64(2, trainPoints),
    testDeviation: array64(2, testPoints),
    expectedLoss: array64(2),
    nngpMean: array64(testPoints, 1),
    nngpDeviation: array64(testPoints),
    kernelTestTrain: array64(testPoints, trainPoints)
  })
  for (const index of [0, 1]) {
    session.addEnsemble(id, sampleEnsemble(index), {
      steps: recorded,
      trainOutputs: array32(2, members, trainPoints, 1),
      testOutputs: array32(2, members, testPoints, 1),
      losses: array64(2, members),
      weightMovement: array64(2, 3, members)
    })
  }
  session.updateRun(id, {
    status: 'completed',
    finishedAt: '2026-11-24T12:01:00.000Z',
    wallTimeMs: 60_000,
    environment
  })
}
