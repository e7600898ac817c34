import { expect, test } from 'vitest'
import { agreement } from '@shared/comparison/agreement'
import { ensembleStatistics, quantile } from '@shared/comparison/ensemble-statistics'
import { fillStandardNormal, streamPurpose } from '@shared/random/stream'

test('mean and sample deviation of known numbers', () => {
  const { size, mean, deviation } = ensembleStatistics(
    Float64Array.of(1, 10, 2, 10, 3, 10, 6, 10),
    2
  )
  expect(size).toBe(4)
  expect([...mean]).toEqual([3, 10])
  expect(deviation[0]).toBeCloseTo(Math.sqrt(14 / 3), 15)
  expect(deviation[1]).toBe(0)
})

test('quantiles interpolate between ranks', () => {
  expect(quantile([3, 1, 2, 4], 0.5)).toBe(2.5)
  expect(quantile([3, 1, 2], 0)).toBe(1)
  expect(quantile([3, 1, 2], 1)).toBe(3)
})

test('known z-scores, bands and errors', () => {
  // Two networks at one point: 1 and 3; mean 2, s = √2, standard error 1.
  const result = agreement(Float64Array.of(1, 3), {
    mean: Float64Array.of(0.5),
    deviation: Float64Array.of(1),
    nngpMean: Float64Array.of(4)
  })
  expect(result.rmse).toBe(1.5)
  expect(result.rmsZ).toBeCloseTo(1.5, 14)
  expect(result.maxAbsZ).toBeCloseTo(1.5, 14)
  // (√2 − 1)/(√2/√2) for n = 2.
  expect(result.rmsZDeviation).toBeCloseTo(Math.SQRT2 - 1, 14)
  expect(result.meanInBand).toBe(1)
  expect(result.membersInBand).toBe(0.5)
  expect(result.rmseNngp).toBe(2)
})

test('networks drawn from the prediction agree with it; others do not', () => {
  const [members, points] = [500, 200]
  const draws = new Float32Array(members * points)
  fillStandardNormal({ seed: 5, purpose: streamPurpose.weights }, draws)
  const expected = (mean: number, deviation: number) => ({
    mean: new Float64Array(points).fill(mean),
    deviation: new Float64Array(points).fill(deviation),
    nngpMean: null
  })
  const right = agreement(draws, expected(0, 1))
  // Independent points: rms z = 1 ± 1/√(2·200).
  expect(Math.abs(right.rmsZ - 1)).toBeLessThan(0.25)
  expect(Math.abs(right.rmsZDeviation - 1)).toBeLessThan(0.25)
  expect(right.membersInBand).toBeCloseTo(0.95, 2)
  expect(right.rmseNngp).toBeNull()
  expect(right.verdict).toMatchObject({ agrees: true })
  expect(right.verdict!.spreadPValue).toBeGreaterThan(0.01)
  const shifted = agreement(draws, expected(0.05, 1)).verdict!
  expect(shifted).toMatchObject({ agrees: false, meanPValue: 0.001 })
  expect(agreement(draws, expected(0, 1.1)).verdict!.spreadPValue).toBeLessThan(1e-6)
  expect(agreement(draws, expected(0.5, 1)).rmsZ).toBeGreaterThan(8)
  expect(agreement(draws, expected(0, 1.5)).rmsZDeviation).toBeGreaterThan(8)
})

test('points without any spread have no z-score, and are left out', () => {
  const result = agreement(Float64Array.of(1, 2, 1, 4), {
    mean: Float64Array.of(0, 3),
    deviation: Float64Array.of(1, 1),
    nngpMean: null
  })
  expect(result.maxAbsZ).toBe(0)
  expect(Number.isFinite(result.rmsZ)).toBe(true)
})
