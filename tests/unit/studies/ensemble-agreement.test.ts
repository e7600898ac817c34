import { expect, test } from 'vitest'
import { covarianceShare, ensembleAgreement } from '@shared/studies/ensemble-agreement'
import { jackknife } from '@shared/studies/jackknife'
import { meanEstimate } from '@shared/studies/mean-estimate'
import { GaussianFunctions } from '../../support/gaussian-functions'

const [points, networks, repeats] = [20, 12, 400]
const process = new GaussianFunctions(points, 0.5, 4)
const covariance = process.covariance()
const deviation = Float64Array.from({ length: points }, (_, i) =>
  Math.sqrt(covariance.values[i * points + i]!)
)
const along = Float64Array.from({ length: points }, (_, i) => 2 + Math.cos(i))
const norm = along.reduce((total, value) => total + value * value, 0)

/** Ensembles whose true mean is `share` of the predicted one, and whose spread is `factor` times as large. */
function ensembles(share: number, factor: number): Float64Array[] {
  return Array.from({ length: repeats }, (_, repeat) =>
    process.draw(networks, repeat).map((value, at) => share * along[at % points]! + factor * value)
  )
}

/** The mean over ensembles, which must be the truth, and how far estimates scatter, which they must say. */
function expectUnbiased(
  estimates: readonly { value: number; standardError: number }[],
  truth: number
): void {
  const { value, standardError } = meanEstimate(estimates.map((one) => one.value))
  expect(Math.abs(value - truth) / standardError).toBeLessThan(3.5)
  const scatter = standardError * Math.sqrt(repeats)
  const stated = Math.sqrt(
    estimates.reduce((total, one) => total + one.standardError ** 2, 0) / repeats
  )
  // 12 networks tell their own scatter to 1/√22 = 21 %, hundreds of ensembles to a few per cent.
  expect(stated / scatter).toBeGreaterThan(0.85)
  expect(stated / scatter).toBeLessThan(1.25)
}

test('distances, positions and spreads are unbiased, and so are their standard errors', () => {
  const [share, factor] = [0.7, 1.5]
  const found = ensembles(share, factor).map((outputs) =>
    ensembleAgreement(outputs, { mean: along, deviation, along })
  )
  expectUnbiased(
    found.map(({ position }) => position),
    share
  )
  expectUnbiased(
    found.map(({ distance }) => distance),
    (1 - share) ** 2
  )
  expectUnbiased(
    found.map(({ spread }) => spread),
    factor ** 2
  )
})

test('the distance of a right prediction is 0 on average, whatever the number of networks', () => {
  const found = ensembles(1, 1).map((outputs) =>
    ensembleAgreement(outputs, { mean: along, deviation, along })
  )
  const { value, standardError } = meanEstimate(found.map(({ distance }) => distance.value))
  expect(Math.abs(value) / standardError).toBeLessThan(3.5)
  // The plain squared distance of the mean would be this far off.
  const plain = deviation.reduce((total, one) => total + one * one, 0) / networks / norm
  expect(Math.abs(value)).toBeLessThan(plain / 10)
  const inBand = meanEstimate(found.map((one) => one.inBand.value))
  expect(Math.abs(inBand.value - 0.95) / inBand.standardError).toBeLessThan(3.5)
})

test('the share of the covariance is that of the true one', () => {
  expectUnbiased(
    ensembles(0, 2).map((outputs) => covarianceShare(outputs, covariance)),
    4
  )
})

test('the jackknife of a mean is its standard error', () => {
  const draws = [3, 1, 4, 1, 5, 9, 2, 6]
  const sum = draws.reduce((total, value) => total + value, 0)
  const estimate = jackknife(
    sum / draws.length,
    draws.map((value) => (sum - value) / (draws.length - 1))
  )
  expect(estimate.value).toBe(meanEstimate(draws).value)
  expect(estimate.standardError).toBeCloseTo(meanEstimate(draws).standardError, 14)
})
