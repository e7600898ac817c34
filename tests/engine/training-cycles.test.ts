import { afterAll, expect, test } from 'vitest'
import { networkDesignSchema } from '@shared/design/network'
import { surrogateSchema } from '@shared/design/surrogate'
import { loadTensorFlow } from '../../src-main/engine/tensorflow'
import { delayedCycle } from '../../src-main/engine/training/delayed-cycle'
import type { EnsembleState } from '../../src-main/engine/training/ensemble-record'
import { startTraining } from '../../src-main/engine/training/start-training'
import { trainEnsemble, type EnsembleJob } from '../../src-main/engine/training/train-ensemble'
import type { Trainer, TrainingSpec } from '../../src-main/engine/training/trainer'
import { drawn, smallTraining, trainTo } from './training-cases'

const tf = loadTensorFlow()

/** Networks that are wide beside their five points: their middle layers wait for the end of a cycle. */
function wide(changed: Partial<TrainingSpec> = {}): TrainingSpec {
  const spec = smallTraining({ sizes: [2, 90, 100, 2], learningRate: 0.02, ...changed })
  const cycle = delayedCycle({ ...spec, trainPoints: spec.data.trainInputs.rows })
  expect(cycle.length).toBeGreaterThan(1)
  return spec
}

async function trained(
  spec: TrainingSpec,
  use: (trainer: Trainer) => Promise<void>,
  way?: 'plain'
): Promise<void> {
  const training = await startTraining(tf, spec, way)
  const trainer = training.start(drawn(spec, 3))
  try {
    await use(trainer)
  } finally {
    trainer.dispose()
    training.dispose()
  }
}

/** Everything that can be seen of networks. */
function seen(trainer: Trainer): number[] {
  const parameters = trainer.parameters().flatMap(({ weights, biases }) => [...weights, ...biases])
  return [...trainer.outputs('test'), ...trainer.weightMovement(), ...parameters]
}

const sign = networkDesignSchema.parse({
  ...{ depthHidden: 2, activation: { name: 'sign' }, sigmaW: 1.3, sigmaB: 0.4 }
})

test.each([
  ['gradient descent', wide()],
  ['cross-entropy', wide({ loss: 'crossEntropy' })],
  [
    'a surrogate',
    wide({ design: sign, surrogate: surrogateSchema.parse({ name: 'erf_prime', m: 1 }) })
  ]
])('cycles of steps are steps, to rounding: %s', async (_name, spec) => {
  const results: number[][] = []
  for (const way of [undefined, 'plain'] as const) {
    await trained(
      spec,
      async (trainer) => {
        await trainTo(trainer, 23)
        expect(trainer.step).toBe(23)
        results.push(seen(trainer))
      },
      way
    )
  }
  const [cycles, plain] = results
  expect(cycles).toHaveLength(plain!.length)
  plain!.forEach((value, i) => {
    expect(Math.abs(cycles![i]! - value)).toBeLessThan(2e-5 * Math.max(1, Math.abs(value)))
  })
})

test('no stop within a cycle, and no restart, changes a bit', async () => {
  const spec = wide()
  await trained(spec, async (whole) => {
    await trainTo(whole, 43)
    const wanted = seen(whole)
    await trained(spec, async (cut) => {
      for (const step of [1, 2, 3, 4, 5, 11, 17, 40, 43]) {
        await trainTo(cut, step)
        expect(cut.step).toBe(step)
      }
      expect(seen(cut)).toEqual(wanted)
      expect(cut.state()).toEqual(whole.state())
    })
    await trained(spec, async (before) => {
      await trainTo(before, 19)
      const state = before.state()
      expect(state.step).toBeLessThan(19)
      await trained(spec, async (after) => {
        after.restore(state)
        await trainTo(after, 19)
        expect(seen(after)).toEqual(seen(before))
        await trainTo(after, 43)
        expect(seen(after)).toEqual(wanted)
      })
    })
  })
})

test('an ensemble stopped within cycles ends as if it had not', async () => {
  const job: EnsembleJob = {
    ...wide(),
    ...{ width: 90, members: 5, recordedSteps: [0, 1, 30, 51, 301], memoryBytes: 51e6 }
  }
  const never = new AbortController().signal
  const whole = await trainEnsemble(tf, job, { report: () => undefined }, never)
  let resume: EnsembleState | undefined
  for (let stops = 0; ; stops++) {
    const controller = new AbortController()
    const hooks = {
      report: ({ loss }: { loss: unknown }) => {
        // Every record, once: those within a cycle are the ones that matter.
        if (loss && stops < 7) controller.abort()
      },
      checkpoint: {
        everyMs: 1e6,
        save: (state: EnsembleState) => {
          resume = structuredClone(state)
        }
      }
    }
    try {
      const result = await trainEnsemble(
        tf,
        resume ? { ...job, resume } : job,
        hooks,
        controller.signal
      )
      expect(stops).toBe(7)
      expect({ ...result, trainingMs: 0 }).toEqual({ ...whole, trainingMs: 0 })
      return
    } catch (problem) {
      if (!controller.signal.aborted) throw problem
    }
  }
})

test('divergence within a cycle is found at its step', async () => {
  const design = networkDesignSchema.parse({
    ...{ depthHidden: 2, activation: { name: 'relu' }, sigmaW: 1.3, sigmaB: 0.4 }
  })
  const steps: number[] = []
  for (const way of [undefined, 'plain'] as const) {
    await trained(
      wide({ design, learningRate: 1000 }),
      async (trainer) => {
        await expect(trainTo(trainer, 500)).rejects.toMatchObject({ code: 'diverged' })
        steps.push(trainer.step)
      },
      way
    )
  }
  expect(steps[0]).toBeLessThan(12)
  expect(steps[0]).toBe(steps[1])
})

afterAll(() => {
  expect(tf.memory().numTensors).toBe(0)
})
