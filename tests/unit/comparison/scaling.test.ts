import { describe, expect, test } from 'vitest'
import { confidenceBand } from '@shared/comparison/confidence-band'
import { ensembleCovariance } from '@shared/comparison/ensemble-covariance'
import { ensembleStatistics } from '@shared/comparison/ensemble-statistics'
import { kernelError, kernelErrorScaling } from '@shared/comparison/kernel-error'
import { bootstrapPowerLaw, fitPowerLaw } from '@shared/comparison/power-law'
import { predictionError, squaredErrors } from '@shared/comparison/prediction-error'
import { fillStandardNormal, streamPurpose } from '@shared/random/stream'
import { GaussianFunctions } from '../../support/gaussian-functions'

function normals(count: number, seed: number): Float32Array {
  const values = new Float32Array(count)
  fillStandardNormal({ seed, purpose: streamPurpose.weights }, values)
  return values
}

describe('power laws', () => {
  test('are found exactly in values without scatter', () => {
    const fit = fitPowerLaw([10, 40, 160].map((width) => ({ width, value: 3 * width ** -0.5 })))!
    expect(fit.exponent).toBeCloseTo(0.5, 12)
    expect(fit.prefactor).toBeCloseTo(3, 12)
    expect(fit.exponentInterval![0]).toBeCloseTo(0.5, 6)
  })

  test('have intervals that hold the true exponent as often as they say', () => {
    const trials = 1000
    let holds = 0
    for (let seed = 0; seed < trials; seed++) {
      const noise = normals(8, seed)
      const [low, high] = fitPowerLaw(
        Array.from(noise, (e, i) => {
          const width = 10 * 2 ** (i % 4)
          return { width, value: 2 * width ** -0.7 * Math.exp(0.2 * e) }
        })
      )!.exponentInterval!
      if (low < 0.7 && 0.7 < high) holds++
    }
    expect(holds / trials).toBeGreaterThan(0.93)
    expect(holds / trials).toBeLessThan(0.97)
  })

  test('need two widths, and say nothing of their error from two values', () => {
    expect(
      fitPowerLaw([
        { width: 10, value: 1 },
        { width: 10, value: 2 }
      ])
    ).toBeNull()
    expect(
      fitPowerLaw([
        { width: 10, value: 0 },
        { width: 20, value: 2 }
      ])
    ).toBeNull()
    const two = fitPowerLaw([
      { width: 10, value: 1 },
      { width: 100, value: 0.1 }
    ])!
    expect(two.exponent).toBeCloseTo(1, 12)
    expect(two.exponentInterval).toBeNull()
  })

  test('of a statistic of ensembles: the bootstrap holds the true exponent, and repeats itself', () => {
    const trials = 150
    let holds = 0
    for (let seed = 0; seed < trials; seed++) {
      const groups = [10, 100].map((width, g) => {
        const sample = normals(40, 2 * seed + g).map((e) => (1 + 0.3 * e) / width)
        const statistic = (members: readonly number[]) =>
          members.reduce((total, i) => total + sample[i]!, 0) / members.length
        return { width, size: 40, statistic }
      })
      const fit = bootstrapPowerLaw(groups, seed, 200)!
      const [low, high] = fit.exponentInterval!
      if (low < 1 && 1 < high) holds++
      if (seed === 0) expect(bootstrapPowerLaw(groups, seed, 200)).toEqual(fit)
    }
    expect(holds / trials).toBeGreaterThan(0.87)
    expect(holds / trials).toBeLessThan(0.99)
  })
})

describe('kernel errors', () => {
  const reference = Float64Array.of(3, 0, 4, 0)

  test('are relative Frobenius norms', () => {
    const kernels = Float64Array.of(...[3, 1, 4, 0], ...[3, -1, 4, 0], ...[3, 0, 4, 1])
    const error = kernelError({ width: 7, kernels }, reference)
    expect(error.perNetwork).toEqual([0.2, 0.2, 0.2].map((x) => expect.closeTo(x, 12)))
    // The mean deviates by (0, 0, 0, 1/3) of a norm of 5.
    expect(error.ofMean).toBeCloseTo(1 / 15, 12)
    expect(error.width).toBe(7)
  })

  test('of the expected kernel leave the scatter of networks out', () => {
    const size = 400
    const shift = 0.5
    const kernels = Float64Array.from(normals(4 * size, 3), (e, at) => {
      return reference[at % 4]! + (at % 4 === 1 ? shift : 0) + e
    })
    const error = kernelError({ width: 7, kernels }, reference)
    expect(Math.abs(error.ofExpectation! - shift / 5)).toBeLessThan(0.03)
    const single = kernelError({ width: 7, kernels: kernels.subarray(0, 4) }, reference)
    expect(single.ofExpectation).toBeNull()
  })

  test('fall with the exponents of their scatter and their bias', () => {
    const ensembles = [50, 200, 800].map((width, g) => ({
      width,
      kernels: Float64Array.from(normals(4 * 300, 20 + g), (e, at) => {
        return reference[at % 4]! + e / Math.sqrt(width) + 3 / width
      })
    }))
    const { perNetwork, ofMean } = kernelErrorScaling(ensembles, reference, 1)
    expect(perNetwork!.exponent).toBeGreaterThan(0.45)
    expect(perNetwork!.exponent).toBeLessThan(0.7)
    const [low, high] = ofMean!.exponentInterval!
    expect(low).toBeLessThan(1)
    expect(high).toBeGreaterThan(0.9)
    expect(high - low).toBeLessThan(0.5)
  })
})

test('squared errors of networks and of their mean', () => {
  const outputs = Float64Array.of(...[1, 3], ...[3, 5])
  expect(squaredErrors(outputs, Float64Array.of(1, 4))).toEqual({
    perNetwork: [0.5, 2.5],
    ofMean: 0.5
  })
})

test('prediction errors tell bias from sampling', () => {
  const process = new GaussianFunctions(30, 0.5, 4)
  const predicted = new Float64Array(30)
  const biases = [0, 0.3].map((bias) => {
    const outputs = process.draw(500, 4).map((value) => value + bias)
    const { rmse, samplingError, bias: found, width } = predictionError(9, outputs, predicted)
    expect(width).toBe(9)
    expect(rmse ** 2).toBeCloseTo(samplingError ** 2 + (rmse ** 2 - samplingError ** 2), 12)
    return found
  })
  expect(biases[0]).toBeLessThan(0.08)
  expect(Math.abs(biases[1]! - 0.3)).toBeLessThan(0.08)
})

describe('ensembles', () => {
  const process = new GaussianFunctions(12, 0.6, 3)

  test('confidence bands hold the true mean as often as they say, for few networks too', () => {
    let holds = 0
    const trials = 600
    for (let seed = 0; seed < trials; seed++) {
      const { low, high } = confidenceBand(ensembleStatistics(process.draw(4, seed), 12))
      if (low[5]! < 0 && 0 < high[5]!) holds++
    }
    expect(holds / trials).toBeGreaterThan(0.93)
    expect(holds / trials).toBeLessThan(0.97)
    const { low, high, standardError } = confidenceBand({
      ...{ size: 10, mean: Float64Array.of(1), deviation: Float64Array.of(2) }
    })
    // Student's 97.5 % quantile for 9 degrees of freedom, from the tables.
    expect(high[0]! - 1).toBeCloseTo((2.2621571628 * 2) / Math.sqrt(10), 8)
    expect(1 - low[0]!).toBeCloseTo(high[0]! - 1, 12)
    expect(standardError[0]).toBeCloseTo(2 / Math.sqrt(10), 12)
  })

  test('covariances are those of the process within their standard errors', () => {
    const { covariance, standardError } = ensembleCovariance(process.draw(4000, 8), 12)
    const exact = process.covariance().values
    const z = exact.map((value, at) => (covariance.values[at]! - value) / standardError.values[at]!)
    const rms = Math.sqrt(z.reduce((total, value) => total + value * value, 0) / z.length)
    expect(rms).toBeLessThan(1.6)
    expect(rms).toBeGreaterThan(0.4)
    const { deviation } = ensembleStatistics(process.draw(4000, 8), 12)
    deviation.forEach((value, i) => {
      expect(covariance.values[i * 13]).toBeCloseTo(value ** 2, 10)
    })
  })
})
