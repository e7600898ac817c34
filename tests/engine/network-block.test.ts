import { describe, expect, test } from 'vitest'
import { activationSchema } from '@shared/design/activation'
import { networkDesignSchema } from '@shared/design/network'
import type { LayerParameters } from '../../src-main/engine/training/initial-parameters'
import { NetworkBlock } from '../../src-main/engine/training/network-block'
import { loadTensorFlow } from '../../src-main/engine/tensorflow'
import { referenceCases, referenceSurrogate } from '../reference/oracle'

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
  outputs: number[][]
  training: { k: number; params_flat: number[]; outputs: number[][] }[]
}

const tf = loadTensorFlow()
const cases = referenceCases<EmpiricalCase>('empirical')

/** The reference is float64, training float32: 1e-7 a rounding, grown by up to 25 steps. */
const TOLERANCE = 2e-5

describe.each(cases.map((c) => [c.id, c] as const))('%s', (_id, reference) => {
  const { params } = reference
  const inputs = params.widths[0]!
  const points = reference.X.length
  const design = networkDesignSchema.parse({
    depthHidden: params.widths.length - 2,
    activation: activationSchema.parse(params.activation),
    sigmaW: params.sigma_w,
    sigmaB: params.sigma_b
  })
  const surrogate = referenceSurrogate(params)
  /** The reference stores W as outputs × inputs; twice, to train two equal members. */
  const parameters = reference.weights.map(({ W, b }): LayerParameters => {
    const weights = W[0]!.flatMap((_, i) => W.map((row) => row[i]!))
    return {
      weights: Float32Array.from([...weights, ...weights]),
      biases: Float32Array.from([...b, ...b])
    }
  })

  test('outputs and parameters after gradient steps', () => {
    const block = new NetworkBlock(tf, design, surrogate, params.widths, 2, parameters)
    const all = block.inputs(Float64Array.from(reference.X.flat()), points)
    const train = block.inputs(
      Float64Array.from(reference.X.slice(0, params.n_train).flat()),
      params.n_train
    )
    const targets = tf.tensor3d([reference.y_train])
    const bothMembers = (rows: number[][]) => [...rows.flat(), ...rows.flat()]
    const expectClose = (got: ArrayLike<number>, wanted: number[]) => {
      expect(got).toHaveLength(wanted.length)
      wanted.forEach((value, i) => {
        expect(Math.abs(got[i]! - value)).toBeLessThan(TOLERANCE * Math.max(1, Math.abs(value)))
      })
    }
    expectClose(block.outputs(all), bothMembers(reference.outputs))
    let step = 0
    for (const { k, params_flat, outputs } of reference.training) {
      for (; step < k; step++) block.step(train, targets, params.eta)
      expectClose(block.outputs(all), bothMembers(outputs))
      const flat = block.parameters().flatMap(({ weights, biases }, l) => {
        const [rows, columns] = [params.widths[l]!, params.widths[l + 1]!]
        const transposed = Array.from({ length: columns }, (_, j) =>
          Array.from({ length: rows }, (_, i) => weights[i * columns + j]!)
        )
        return [...transposed.flat(), ...biases.slice(0, columns)]
      })
      expectClose(flat, params_flat)
    }
    block.dispose()
    tf.dispose([all, train, targets])
  })
  test('the inputs are as wide as the network', () => {
    expect(reference.X[0]).toHaveLength(inputs)
  })
})
