import { expect, test } from 'vitest'
import { listPresets } from '../../../src-main/engine/presets'

const presets = new Map(listPresets().map((preset) => [preset.id, preset.experiment]))

test('the paper’s figures are offered with the paper’s parameters, a quick one first', () => {
  expect([...presets.keys()]).toEqual([
    'quick',
    'figure-1',
    'figure-2-erf',
    'figure-2-identity',
    'figure-3',
    'figure-3-kappa'
  ])
  for (const experiment of presets.values()) {
    expect(experiment.data).toMatchObject({ kind: 'circle', trainCount: 15, testCount: 100 })
    expect(experiment.design).toMatchObject({ depthHidden: 2, sigmaW: 1, sigmaB: 0.1 })
    expect(experiment).toMatchObject({ learningRate: 0.1, lossReduction: 'mean' })
  }
})

test('figures 1 and 2: ten erf networks per width and m', () => {
  for (const [id, steps, surrogate] of [
    ['figure-1', 10_000, null],
    ['figure-2-erf', 1000, { name: 'erf_prime', m: 1, theta: 0 }],
    ['figure-2-identity', 1000, { name: 'ste' }]
  ] as const) {
    expect(presets.get(id)).toMatchObject({
      widths: [10, 100, 500, 1000],
      sweep: { parameter: 'activation.m', values: [2, 5, 20] },
      ensembleSize: 10,
      steps,
      surrogate
    })
  }
})

test('figure 3: 500 sign networks per width, κ = 1 and 0.2', () => {
  for (const [id, outputScale] of [
    ['figure-3', 1],
    ['figure-3-kappa', 0.2]
  ] as const) {
    const experiment = presets.get(id)!
    expect(experiment).toMatchObject({ widths: [20, 100, 500], ensembleSize: 500, steps: 30_000 })
    expect(experiment.design).toMatchObject({ activation: { name: 'sign' }, outputScale })
  }
})

test('the quick one is large enough to mean something', () => {
  const { ensembleSize, widths } = presets.get('quick')!
  expect(ensembleSize).toBeGreaterThanOrEqual(50)
  expect(Math.min(...widths)).toBeGreaterThanOrEqual(100)
})
