import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareRuns } from '@shared/comparison/compare-runs'
import { configCells } from '@shared/comparison/config-cells'
import { combinedProbability } from '@shared/comparison/group-ensembles'
import { meanInterval } from '@shared/comparison/mean-interval'
import { ensembleWith, experimentWith, runWith } from '../organise/recorded-runs'

const seeds = (...numbers: number[]) =>
  numbers.map((seed, i) =>
    runWith({
      id: `seed-${seed}`,
      experiment: experimentWith({ seed, ensembleSize: 10 * (i + 1) }),
      ensembles: [ensembleWith({ finalLoss: i + 1 })]
    })
  )

describe('configCells', () => {
  test('names values by their path, and long or nested lists by size and fingerprint', () => {
    const rows = (first: number) => Array.from({ length: 30 }, (_, i) => [first + i, 0])
    const data = (first: number) => ({
      ...{ kind: 'inline', trainInputs: rows(first), testInputs: rows(0) },
      trainTargets: [...rows(0).keys()].map((i) => [i])
    })
    const layers = [{}, { sigmaW: 2 }, {}]
    const cells = configCells(
      experimentWith({ data: data(0), design: { ...experimentWith().design, layers } })
    )
    expect(cells).toMatchObject({
      'design.activation.name': 'sign',
      'design.layers.2.sigmaW': 2,
      'optimiser.kind': 'gd',
      widths: [256],
      sweep: null
    })
    expect(cells['data.trainInputs']).toMatch(/^30 × 2 values, [0-9a-f]{8}$/)
    expect(cells['data.trainInputs']).not.toBe(
      configCells(experimentWith({ data: data(1) }))['data.trainInputs']
    )
    expect(Object.keys(cells)).not.toContain('name')
  })
})

describe('compareRuns', () => {
  test('states only what differs between configurations, empty where one lacks it', () => {
    const runs = [
      runWith({ id: 'a' }),
      runWith({
        id: 'b',
        name: 'other',
        experiment: experimentWith({ name: 'b', steps: 7, surrogate: { name: 'boxcar', a: 1 } })
      })
    ]
    const { runs: heads, differences } = compareRuns(runs, null)
    expect(heads).toEqual([
      { runId: 'a', name: 'Quick' },
      { runId: 'b', name: 'other' }
    ])
    const byPath = Object.fromEntries(differences.map(({ path, values }) => [path, values]))
    expect(byPath).toMatchObject({
      steps: [500, 7],
      'surrogate.name': ['erf_prime', 'boxcar']
    })
    expect(byPath['surrogate.m']?.[1]).toBeNull()
    expect(Object.keys(byPath)).not.toContain('learningRate')
    expect(compareRuns([runs[0]!, runs[0]!], null).differences).toEqual([])
  })

  test('groups over seeds: every result’s mean and interval, and the loss over all networks', () => {
    const runs = seeds(1, 2, 3).map((run) => ({
      ...run,
      experiment: { ...run.experiment, ensembleSize: 10 }
    }))
    const { grouped } = compareRuns(runs, null)
    expect(grouped).toMatchObject({ by: [], mixed: [] })
    expect(grouped.groups).toHaveLength(1)
    const [group] = grouped.groups
    expect(group).toMatchObject({
      ensembles: 3,
      networks: 30,
      runIds: ['seed-1', 'seed-2', 'seed-3']
    })
    // t(0.975; 2) = 4.302652729749464.
    const reach = 4.302652729749464 / Math.sqrt(3)
    expect(group?.statistics.finalLoss?.mean).toBeCloseTo(2, 14)
    expect(group?.statistics.finalLoss?.interval?.[0]).toBeCloseTo(2 - reach, 12)
    expect(group?.statistics.finalLoss?.interval?.[1]).toBeCloseTo(2 + reach, 12)
    expect(group?.statistics.pMean).toBeNull()
  })

  test('weighs the pooled loss by the number of networks', () => {
    const { grouped } = compareRuns(seeds(1, 2), ['learningRate'])
    expect(grouped.groups[0]?.pooled.loss).toBeCloseTo((10 * 1 + 20 * 2) / 30, 14)
    expect(grouped.mixed).toEqual(['ensembleSize'])
  })

  test('counts ensembles of the same configuration and seed once, whatever the run is called', () => {
    const twice = [
      runWith({ id: 'a' }),
      runWith({ id: 'b', experiment: experimentWith({ name: 'b' }) })
    ]
    const [group] = compareRuns(twice, null).grouped.groups
    expect(group).toMatchObject({ ensembles: 1, networks: 64 })
    expect(group?.statistics.finalLoss?.interval).toBeNull()
  })

  test('takes a point of a sweep for the same as a run that was set to it', () => {
    const sweep = { parameter: 'sigmaB', values: [0.1, 0.3] }
    const swept = runWith({
      id: 'swept',
      experiment: experimentWith({ sweep }),
      ensembles: [0.1, 0.3].map((value, index) =>
        ensembleWith({ index, conditionLabel: `σ_b = ${value}`, finalLoss: value })
      )
    })
    const design = { ...swept.experiment.design, sigmaB: 0.3 }
    const set = runWith({
      id: 'set',
      experiment: experimentWith({ design, seed: 2 }),
      ensembles: [ensembleWith({ finalLoss: 0.5 })]
    })
    const { grouped } = compareRuns([swept, set], null)
    expect(grouped.by).toEqual(['design.sigmaB'])
    expect(
      grouped.groups.map(({ values, statistics }) => [values, statistics.finalLoss?.mean])
    ).toEqual([
      [[0.1], 0.1],
      [[0.3], 0.4]
    ])
  })

  test('groups by the width of every ensemble, in order of size', () => {
    const run = runWith({
      experiment: experimentWith({ widths: [1000, 20] }),
      ensembles: [1000, 20].map((width, index) => ensembleWith({ index, width }))
    })
    const { grouped } = compareRuns([run], ['width'])
    expect(grouped.groups.map(({ values }) => values)).toEqual([[20], [1000]])
  })

  test('refuses to group by what no ensemble has', () => {
    expect(() => compareRuns([runWith()], ['widht'])).toThrow(
      'Cannot group by widht, which no ensemble has: there are width.'
    )
  })
})

describe('meanInterval', () => {
  test('is Student’s', () => {
    // t(0.975; 4) = 2.7764451051977987, s = √2.5.
    const reach = (2.7764451051977987 * Math.sqrt(2.5)) / Math.sqrt(5)
    const { mean, deviation, interval } = meanInterval([1, 2, 3, 4, 5])!
    expect(mean).toBe(3)
    expect(deviation).toBeCloseTo(Math.sqrt(2.5), 14)
    expect(interval?.[0]).toBeCloseTo(3 - reach, 12)
    expect(interval?.[1]).toBeCloseTo(3 + reach, 12)
    expect(meanInterval([7])).toEqual({ count: 1, mean: 7, deviation: null, interval: null })
    expect(meanInterval([])).toBeNull()
  })
})

describe('combinedProbability', () => {
  test('is p q (1 − ln p q) for two tests, and p for one', () => {
    const probability = fc.double({ min: 1e-6, max: 1, noNaN: true })
    fc.assert(
      fc.property(probability, probability, (p, q) => {
        expect(combinedProbability([p, q])).toBeCloseTo(p * q * (1 - Math.log(p * q)), 10)
        expect(combinedProbability([p])).toBeCloseTo(p, 10)
      })
    )
    expect(combinedProbability([])).toBeNull()
  })
})
