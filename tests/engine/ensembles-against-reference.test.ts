import { expect, test } from 'vitest'
import { ensembleStatistics } from '@shared/comparison/ensemble-statistics'
import { makeDataset } from '@shared/design/dataset'
import { layerSizes, networkDesignSchema } from '@shared/design/network'
import { loadTensorFlow } from '../../src-main/engine/tensorflow'
import { trainEnsemble } from '../../src-main/engine/training/train-ensemble'
import { referenceCases, referenceSurrogate } from '../reference/oracle'

interface EnsembleCase {
  id: string
  params: {
    activation: { name: string; m?: number }
    surrogate: { name: string; m?: number } | null
    depth_hidden: number
    width: number
    sigma_w: number
    sigma_b: number
    ensemble_size: number
    eta: number
  }
  train_angles: number[]
  test_angles: number[]
  y_train: number[]
  results: { k: number; ensemble_mean: number[]; ensemble_std: number[] }[]
}

const tf = loadTensorFlow()
const MEMBERS = 400
const STEPS = [0, 5]
/** Width 3000 takes longer than the others together and shows nothing more here. */
const cases = referenceCases<EnsembleCase>('ensemble').filter(({ params }) => params.width <= 500)

/**
 * An ensemble of other networks of the same kind, trained in JAX in float64: means and deviations
 * agree within their standard errors. Points on a circle are correlated, so an rms z of 1 ± 0.4 is
 * agreement; a wrong factor σ_w, σ_b or n shows as 5 and more.
 */
test.each(cases.map((c) => [c.id, c] as const))('%s', async (_id, reference) => {
  const { params } = reference
  const onCircle = (angle: number) => [Math.sin(angle), Math.cos(angle)]
  const data = makeDataset({
    kind: 'inline',
    trainInputs: reference.train_angles.map(onCircle),
    trainTargets: reference.y_train.map((y) => [y]),
    testInputs: reference.test_angles.map(onCircle)
  })
  const design = networkDesignSchema.parse({
    depthHidden: params.depth_hidden,
    activation: params.activation,
    sigmaW: params.sigma_w,
    sigmaB: params.sigma_b
  })
  const trained = await trainEnsemble(
    tf,
    {
      design,
      surrogate: referenceSurrogate(params),
      sizes: layerSizes(design, 2, params.width, 1),
      width: params.width,
      members: MEMBERS,
      seed: 2024,
      data,
      optimiser: { kind: 'gd' },
      loss: 'mse',
      learningRate: params.eta,
      lossFactor: 1,
      recordedSteps: STEPS
    },
    { report: () => undefined },
    new AbortController().signal
  )
  const points = reference.test_angles.length
  STEPS.forEach((step, record) => {
    const stored = reference.results.find(({ k }) => k === step)!
    const size = MEMBERS * points
    const outputs = trained.testOutputs.subarray(record * size, (record + 1) * size)
    const { mean, deviation } = ensembleStatistics(outputs, points)
    const zMean = stored.ensemble_mean.map((value, i) => {
      const error = Math.hypot(stored.ensemble_std[i]!, deviation[i]!) / Math.sqrt(MEMBERS)
      return (mean[i]! - value) / error
    })
    const zDeviation = stored.ensemble_std.map((value, i) => {
      return (deviation[i]! - value) / (Math.hypot(value, deviation[i]!) / Math.sqrt(2 * MEMBERS))
    })
    const rms = (z: number[]) => Math.sqrt(z.reduce((sum, x) => sum + x * x, 0) / z.length)
    expect(rms(zMean)).toBeLessThan(2)
    expect(rms(zDeviation)).toBeLessThan(2)
  })
})
