import { afterAll, describe, expect, test } from 'vitest'
import { activationSchema } from '@shared/design/activation'
import { networkDesignSchema } from '@shared/design/network'
import { loadTensorFlow } from '../../src-main/engine/tensorflow'
import type { LayerParameters } from '../../src-main/engine/training/initial-parameters'
import { startTraining } from '../../src-main/engine/training/start-training'
import { referenceCases, referenceSurrogate } from '../reference/oracle'
import { inlineData } from './training-cases'

interface EmpiricalCase {
  id: string
  params: {
    activation: { name: string; m?: number }
    surrogate: { name: string; m?: number } | null
    widths: number[]
    sigma_w: number
    sigma_b: number
    eta: number
    n_train: number
  }
  weights: { W: number[][]; b: number[] }[]
  X: number[][]
  y_train: number[][]
  training: { k: number; params_flat: number[]; outputs: number[][] }[]
}

const tf = loadTensorFlow()
const cases = referenceCases<EmpiricalCase>('empirical')

/** The reference is float64, training float32: 1e-7 a rounding, grown by up to 25 steps. */
const TOLERANCE = 1e-5

describe.each(['compiled', 'plain'] as const)('%s training', (way) => {
  test.each(cases.map((c) => [c.id, c] as const))('%s', async (_id, reference) => {
    const { params } = reference
    const train = reference.X.slice(0, params.n_train)
    const training = await startTraining(
      tf,
      {
        design: networkDesignSchema.parse({
          depthHidden: params.widths.length - 2,
          activation: activationSchema.parse(params.activation),
          sigmaW: params.sigma_w,
          sigmaB: params.sigma_b
        }),
        surrogate: referenceSurrogate(params),
        sizes: params.widths,
        data: inlineData(train, reference.y_train, reference.X),
        optimiser: { kind: 'gd' },
        loss: 'mse',
        learningRate: params.eta,
        lossFactor: 1,
        seed: 0
      },
      way
    )
    /** The reference stores W as outputs × inputs; twice, to train two equal members. */
    const trainer = training.start(
      reference.weights.map(({ W, b }): LayerParameters => {
        const weights = W[0]!.flatMap((_, i) => W.map((row) => row[i]!))
        return {
          weights: Float32Array.from([...weights, ...weights]),
          biases: Float32Array.from([...b, ...b])
        }
      })
    )
    for (const { k, params_flat, outputs } of reference.training) {
      await trainer.advance(k, new AbortController().signal, () => undefined)
      expectClose(trainer.outputs('test'), [...outputs.flat(), ...outputs.flat()])
      const flat = trainer.parameters().flatMap(({ weights, biases }, l) => {
        const [rows, columns] = [params.widths[l]!, params.widths[l + 1]!]
        const transposed = Array.from({ length: columns }, (_, j) =>
          Array.from({ length: rows }, (_, i) => weights[i * columns + j]!)
        )
        return [...transposed.flat(), ...biases.slice(0, columns)]
      })
      expectClose(flat, params_flat)
    }
    trainer.dispose()
    training.dispose()
  })
})

afterAll(() => {
  expect(tf.memory().numTensors).toBe(0)
})

function expectClose(got: ArrayLike<number>, wanted: number[]) {
  expect(got).toHaveLength(wanted.length)
  wanted.forEach((value, i) => {
    expect(Math.abs(got[i]! - value)).toBeLessThan(TOLERANCE * Math.max(1, Math.abs(value)))
  })
}
