import { expect, test } from 'vitest'
import { loadTensorFlow } from '../../src-main/engine/tensorflow'
import type { EnsembleState } from '../../src-main/engine/training/ensemble-record'
import {
  trainEnsemble,
  type EnsembleJob,
  type TrainingHooks
} from '../../src-main/engine/training/train-ensemble'
import { smallTraining } from './training-cases'

const tf = loadTensorFlow()
const quiet: TrainingHooks = { report: () => undefined }
const never = new AbortController().signal

/** Four blocks of networks with a wide layer, so that each takes several calls. */
function job(changed: Partial<EnsembleJob> = {}): EnsembleJob {
  const spec = smallTraining({
    optimiser: { kind: 'momentum', beta: 0.5, nesterov: false, batchSize: 3 },
    learningRate: 0.01
  })
  const sizes = [2, 60, 60, 2]
  return {
    ...spec,
    sizes,
    width: 60,
    members: 7,
    recordedSteps: [0, 1, 30, 300],
    memoryBytes: 400_000,
    ...changed
  }
}

test('members do not depend on the blocks they are trained in', async () => {
  const [one, many] = [
    await trainEnsemble(tf, job({ memoryBytes: 1e9 }), quiet, never),
    await trainEnsemble(tf, job(), quiet, never)
  ]
  // TensorFlow sums in another order where a batch has another size: the last digits may differ.
  const expectClose = (got: ArrayLike<number>, wanted: ArrayLike<number>) => {
    expect(got).toHaveLength(wanted.length)
    for (let i = 0; i < wanted.length; i++) expect(got[i]).toBeCloseTo(wanted[i]!, 5)
  }
  expectClose(one.testOutputs, many.testOutputs)
  expectClose(one.weightMovement, many.weightMovement)
})

test('resumed wherever it stopped, it ends as if it had not', async () => {
  const whole = await trainEnsemble(tf, job(), quiet, never)
  expect(whole.losses).toHaveLength(4 * 7)
  expect(whole.flops).toBeGreaterThan(0)
  let resume: EnsembleState | undefined
  let stops = 0
  for (;;) {
    const controller = new AbortController()
    const stopAt = stops * 37
    const hooks: TrainingHooks = {
      report: ({ step }) => {
        if (step > (resume?.block?.step ?? 0) + (stopAt % 150)) controller.abort()
      },
      checkpoint: {
        everyMs: 1,
        save: (state) => {
          resume = structuredClone(state)
        }
      }
    }
    try {
      const pieces = job(resume ? { resume } : {})
      const result = await trainEnsemble(tf, pieces, hooks, controller.signal)
      expect(stops).toBeGreaterThan(3)
      expect({ ...result, trainingMs: 0 }).toEqual({ ...whole, trainingMs: 0 })
      break
    } catch (problem) {
      if (!controller.signal.aborted) throw problem
      stops++
    }
  }
  expect(tf.memory().numTensors).toBe(0)
})

test('what was recorded before a divergence has been told', async () => {
  const steps: number[] = []
  const diverging = job({ learningRate: 1e4, recordedSteps: [0, 1, 2, 50] })
  const hooks: TrainingHooks = {
    report: ({ loss }) => {
      if (loss) steps.push(loss.step)
    }
  }
  await expect(trainEnsemble(tf, diverging, hooks, never)).rejects.toMatchObject({
    code: 'diverged'
  })
  expect(steps[0]).toBe(0)
  expect(steps).not.toContain(50)
})
