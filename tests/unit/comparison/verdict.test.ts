import { describe, expect, test } from 'vitest'
import { effectivePoints, estimatedEffectivePoints } from '@shared/comparison/effective-points'
import { verdict } from '@shared/comparison/verdict'
import { verdictSchema } from '@shared/protocol/comparison'
import { GaussianFunctions } from '../../support/gaussian-functions'

const POINTS = 40
const zero = new Float64Array(POINTS)
const processes = [
  ['one number for all points', new GaussianFunctions(POINTS, 0, 0)],
  ['smooth functions', new GaussianFunctions(POINTS, 0.5, 8)],
  ['rough functions', new GaussianFunctions(POINTS, 0.9, 19)]
] as const

/** Shares of p-values below each level over many ensembles drawn as predicted. */
function sharesBelow(levels: readonly number[], trials: number, pValue: (seed: number) => number) {
  const values = Array.from({ length: trials }, (_, seed) => pValue(seed))
  return levels.map((level) => values.filter((p) => p < level).length / trials)
}
const levels = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9]

describe.each(processes)('%s', (_name, process) => {
  const covariance = process.covariance()
  const deviation = Float64Array.from(zero, (_, i) => Math.sqrt(covariance.values[i * POINTS + i]!))

  test.each([8, 11, 40, 100])(
    '%i networks: p-values are uniform where the prediction is right',
    (size) => {
      const trials = size > 20 ? 200 : 500
      // Three standard errors of a share among so many, and a step of 2^-7 for 8 networks.
      const tolerance = size > 20 ? 0.1 : 0.068
      sharesBelow(
        levels,
        trials,
        (seed) => verdict(process.draw(size, seed), { mean: zero, deviation: null }).meanPValue
      ).forEach((share, i) => {
        expect(Math.abs(share - levels[i]!)).toBeLessThan(tolerance)
      })
    }
  )

  test.each([3, 5])('%i networks: to 0.09 where the covariance is predicted, too', (size) => {
    sharesBelow(
      levels,
      1500,
      (seed) => verdict(process.draw(size, seed), { mean: zero, deviation, covariance }).meanPValue
    ).forEach((share, i) => {
      expect(Math.abs(share - levels[i]!)).toBeLessThan(0.09)
    })
  })

  test.each([5, 7])('%i networks: those of the spread to 0.06', (size) => {
    sharesBelow(
      levels,
      600,
      (seed) =>
        verdict(process.draw(size, seed), { mean: zero, deviation, covariance }).spreadPValue!
    ).forEach((share, i) => {
      expect(Math.abs(share - levels[i]!)).toBeLessThan(0.09)
    })
  })

  test('too few networks to tell are not called a disagreement more often than they should', () => {
    const [share] = sharesBelow(
      [0.05],
      600,
      (seed) => verdict(process.draw(4, seed), { mean: zero, deviation: null }).meanPValue
    )
    expect(share).toBeLessThan(0.065)
  })

  test('a mean that is off by 3.5 standard errors everywhere is found', () => {
    const size = 20
    const rejected = sharesBelow([0.05], 100, (seed) => {
      const shifted = process
        .draw(size, seed)
        .map((value, at) => value + (3.5 * deviation[at % POINTS]!) / Math.sqrt(size))
      return verdict(shifted, { mean: zero, deviation: null }).meanPValue
    })
    expect(rejected[0]).toBeGreaterThan(0.8)
  })

  test('a spread of one and a half the prediction is found', () => {
    const [rejected] = sharesBelow([0.05], 100, (seed) => {
      const wider = process.draw(60, seed).map((value) => 1.5 * value)
      return verdict(wider, { mean: zero, deviation, covariance }).spreadPValue!
    })
    expect(rejected).toBeGreaterThan(0.8)
  })
})

test('effective points: 1 where all move together, all where none do, in between as eigenvalues say', () => {
  expect(effectivePoints(new GaussianFunctions(POINTS, 0, 0).covariance())).toBeCloseTo(1, 12)
  const identity = { values: new Float64Array(9), rows: 3, columns: 3 }
  for (const i of [0, 4, 8]) identity.values[i] = 2
  expect(effectivePoints(identity)).toBeCloseTo(3, 12)
  // Waves are eigenvectors: eigenvalues P for the constant, decay^2k P/2 for each of a pair.
  const [decay, waves] = [0.5, 3]
  const eigenvalues = [1, ...[1, 2, 3].flatMap((k) => [decay ** (2 * k) / 2, decay ** (2 * k) / 2])]
  const sum = eigenvalues.reduce((total, x) => total + x, 0)
  const squares = eigenvalues.reduce((total, x) => total + x * x, 0)
  const process = new GaussianFunctions(POINTS, decay, waves)
  expect(effectivePoints(process.covariance())).toBeCloseTo((sum * sum) / squares, 10)
})

test.each([
  [12, 0.05],
  [100, 0.05],
  [400, 0.05]
])('estimated from %i networks they are right on average', (size, tolerance) => {
  const process = new GaussianFunctions(POINTS, 0.9, 19)
  const exact = effectivePoints(process.covariance())
  // Ratios are biased a little; the mean of their inverses is not to this order.
  const inverse = Array.from(
    { length: 200 },
    (_, seed) => 1 / estimatedEffectivePoints(process.draw(size, 1000 + seed), POINTS)
  ).reduce((total, value) => total + value / 200, 0)
  expect(Math.abs(inverse * exact - 1)).toBeLessThan(tolerance)
})

test('networks that agree exactly agree with nothing else', () => {
  const outputs = Float64Array.from({ length: 3 * POINTS }, () => 2)
  const two = zero.map(() => 2)
  const same = verdict(outputs, { mean: two, deviation: null })
  expect(same).toMatchObject({ meanPValue: 1, agrees: true, meanRatio: 0 })
  const other = verdict(outputs, { mean: zero, deviation: null })
  expect(other).toMatchObject({ meanPValue: 0, agrees: false, spreadRatio: null })
  expect(verdictSchema.parse(JSON.parse(JSON.stringify(other)))).toEqual(other)
})
