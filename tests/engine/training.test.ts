import { afterAll, describe, expect, test } from 'vitest'
import { activationMath } from '@shared/design/activation'
import { networkDesignSchema } from '@shared/design/network'
import type { Optimiser } from '@shared/design/optimiser'
import { loadTensorFlow } from '../../src-main/engine/tensorflow'
import { startTraining } from '../../src-main/engine/training/start-training'
import type { Trainer, TrainingSpec } from '../../src-main/engine/training/trainer'
import { everyActivation, everySurrogate, label } from '../support/every-instance'
import { drawn, smallTraining, trainTo } from './training-cases'

const tf = loadTensorFlow()

const optimisers: Optimiser[] = [
  { kind: 'gd' },
  { kind: 'sgd', batchSize: 3 },
  { kind: 'momentum', beta: 0.8, nesterov: false, batchSize: null },
  { kind: 'momentum', beta: 0.8, nesterov: true, batchSize: 2 },
  { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, batchSize: null },
  { kind: 'adam', beta1: 0.8, beta2: 0.99, epsilon: 1e-4, batchSize: 4 }
]

/**
 * Every activation with its own derivative and with a surrogate, every surrogate on an activation: what
 * they are does not depend on their partner.
 */
const pairs = [
  ...everyActivation.map((activation, i) => {
    const isTrained = activationMath(activation).derivative !== null
    return { activation, surrogate: isTrained ? null : (everySurrogate[i] ?? null) }
  }),
  ...everySurrogate.map((surrogate, i) => ({
    activation: everyActivation[(i * 5) % everyActivation.length]!,
    surrogate
  }))
]

async function trained(
  spec: TrainingSpec,
  members: number,
  use: (trainer: Trainer) => Promise<void>,
  way?: 'plain'
): Promise<void> {
  const training = await startTraining(tf, spec, way)
  const trainer = training.start(drawn(spec, members))
  try {
    await use(trainer)
  } finally {
    trainer.dispose()
    training.dispose()
  }
}

describe('the compiled and the plain way agree', () => {
  const cases = pairs.map((pair, i) => {
    const spec = {
      optimiser: optimisers[i % optimisers.length]!,
      loss: i % 4 === 3 ? ('crossEntropy' as const) : ('mse' as const),
      parametrisation: i % 5 === 4 ? 'standard' : 'ntk',
      depthHidden: 1 + (i % 3)
    }
    const name = [
      label(pair.activation),
      pair.surrogate ? label(pair.surrogate) : 'φ′',
      spec.optimiser.kind,
      spec.loss,
      spec.parametrisation,
      `depth ${spec.depthHidden}`
    ].join(', ')
    return [name, { ...pair, ...spec }] as const
  })
  test.each(cases)('%s', async (_name, { activation, surrogate, optimiser, loss, ...design }) => {
    const spec = smallTraining({
      design: networkDesignSchema.parse({ activation, sigmaW: 1.2, sigmaB: 0.3, ...design }),
      surrogate,
      optimiser,
      loss,
      learningRate: 0.01
    })
    const results: { values: number[]; step: number }[] = []
    for (const way of [undefined, 'plain'] as const) {
      await trained(
        spec,
        2,
        async (trainer) => {
          await trainTo(trainer, 6)
          const { variables, step } = trainer.state()
          const values = [...trainer.outputs('test'), ...variables.flatMap((v) => [...v])]
          results.push({ values, step })
        },
        way
      )
    }
    const [compiled, plain] = results
    expect(compiled!.step).toBe(6)
    expect(compiled!.values).toHaveLength(plain!.values.length)
    plain!.values.forEach((value, i) => {
      expect(Math.abs(compiled!.values[i]! - value)).toBeLessThan(
        2e-5 * Math.max(1, Math.abs(value))
      )
    })
  })
})

describe('steps come out the same bit for bit', () => {
  const cases = optimisers.map((optimiser) => [JSON.stringify(optimiser), optimiser] as const)
  test.each(cases)('however they are cut, and after a restart: %s', async (_name, optimiser) => {
    const spec = smallTraining({ optimiser, depthHidden: 3 })
    await trained(spec, 3, async (whole) => {
      await trainTo(whole, 41)
      await trained(spec, 3, async (cut) => {
        for (const step of [1, 2, 5, 17, 41]) await trainTo(cut, step)
        expect(cut.state()).toEqual(whole.state())
      })
      await trained(spec, 3, async (before) => {
        await trainTo(before, 19)
        await trained(spec, 3, async (after) => {
          after.restore(before.state())
          expect(after.step).toBe(19)
          await trainTo(after, 41)
          expect(after.state()).toEqual(whole.state())
          expect(after.weightMovement()).toEqual(whole.weightMovement())
        })
      })
    })
  })
})

test('products large enough for several threads come out the same bit for bit', async () => {
  const spec = smallTraining({ sizes: [2, 500, 500, 2], learningRate: 0.02 })
  const training = await startTraining(tf, spec)
  const states = []
  for (const stops of [[60], [1, 7, 60], [60]]) {
    const trainer = training.start(drawn(spec, 6))
    for (const step of stops) await trainTo(trainer, step)
    states.push(
      trainer.state().variables.map(({ buffer }) => Buffer.from(buffer).toString('base64'))
    )
    trainer.dispose()
  }
  training.dispose()
  const [first, ...others] = states
  for (const state of others) expect(state.every((bytes, i) => bytes === first![i])).toBe(true)
})

test('ten thousand steps leave nothing behind', async () => {
  await trained(smallTraining({ learningRate: 1e-3 }), 64, async (trainer) => {
    await trainTo(trainer, 2000)
    const tensors = tf.memory().numTensors
    const resident = process.memoryUsage().rss
    await trainTo(trainer, 12_000)
    expect(tf.memory().numTensors).toBe(tensors)
    // One layer's weights lost at every step would come to 125 MB; Node's heap breathes.
    expect(process.memoryUsage().rss - resident).toBeLessThan(30e6)
  })
})

test.each([undefined, 'plain'] as const)('divergence is found at its step (%s)', async (way) => {
  const design = networkDesignSchema.parse({
    depthHidden: 2,
    activation: { name: 'relu' },
    sigmaW: 1.3,
    sigmaB: 0.4
  })
  const spec = smallTraining({ design, learningRate: 1000 })
  await trained(
    spec,
    2,
    async (trainer) => {
      await expect(trainTo(trainer, 500)).rejects.toMatchObject({
        code: 'diverged',
        message: expect.stringMatching(/after \d steps/) as string
      })
      expect(trainer.step).toBeLessThan(12)
    },
    way
  )
})

test.each([7, 800])('how far weights of width %d moved', async (width) => {
  const spec = smallTraining({ sizes: [2, width, width, 2], learningRate: 0.02 })
  await trained(spec, 2, async (trainer) => {
    const before = trainer.parameters()
    expect([...trainer.weightMovement()]).toEqual([0, 0, 0, 0, 0, 0])
    await trainTo(trainer, 30)
    const after = trainer.parameters()
    const movement = trainer.weightMovement()
    expect(movement).toHaveLength(6)
    before.forEach(({ weights }, l) => {
      const size = weights.length / 2
      const norm = (values: Float32Array) =>
        Math.sqrt(values.reduce((total, value) => total + value * value, 0))
      for (const member of [0, 1]) {
        const start = weights.slice(member * size, (member + 1) * size)
        const moved = start.map((w, i) => after[l]!.weights[member * size + i]! - w)
        expect(movement[2 * l + member]).toBeCloseTo(norm(moved) / norm(start), 5)
      }
    })
  })
})

test('a state of other networks is refused', async () => {
  await trained(smallTraining({ depthHidden: 1 }), 2, async (other) => {
    await trained(smallTraining(), 2, (trainer) => {
      expect(() => {
        trainer.restore(other.state())
      }).toThrow('does not belong')
      return Promise.resolve()
    })
  })
})

test('an aborted training stops where it is, and goes on', async () => {
  await trained(smallTraining(), 2, async (trainer) => {
    const controller = new AbortController()
    const reason = new Error('stopped')
    const stopped = trainer.advance(1e6, controller.signal, () => {
      controller.abort(reason)
    })
    await expect(stopped).rejects.toBe(reason)
    expect(trainer.step).toBeGreaterThan(0)
    await trainTo(trainer, trainer.step + 5)
  })
})

afterAll(() => {
  expect(tf.memory().numTensors).toBe(0)
})
