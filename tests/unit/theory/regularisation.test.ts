import { describe, expect, test } from 'vitest'
import { activationMath, activationSchema } from '@shared/design/activation'
import { networkDesignSchema, type NetworkDesign } from '@shared/design/network'
import { surrogateMath, surrogateSchema, type Surrogate } from '@shared/design/surrogate'
import { halfWidth, kernelProfile } from '@shared/theory/regularisation'
import { surrogateProfile } from '@shared/theory/surrogate-profile'

const design = (changes: object = {}): NetworkDesign =>
  networkDesignSchema.parse({
    depthHidden: 1,
    activation: { name: 'sign' },
    sigmaW: 1.5,
    sigmaB: 0.2,
    ...changes
  })
const psi = (surrogate: object): Surrogate => surrogateSchema.parse(surrogate)
const erfPrime = (m: number) => psi({ name: 'erf_prime', m })
const correlations = Float64Array.of(1, 1 - 1e-9, 0.99, 0.6, 0, -0.7, -1)

describe('how ψ enters one layer', () => {
  test('erf_m′ adds a/(2m²) to ab − c², at every correlation', () => {
    const [a, m] = [0.8, 4]
    const found = surrogateProfile({ name: 'sign', theta: 0 }, erfPrime(m), a, correlations)
    correlations.forEach((rho, i) => {
      const gram = a * a * (1 - rho * rho)
      const expected = 2 / Math.PI / Math.sqrt(gram + a / (2 * m * m))
      expect(found.surrogateFactor[i]! / expected).toBeCloseTo(1, 7)
      expect(found.noise[i]).toBeCloseTo(1 / (2 * m * m), 13)
      // The other way to the same number: the mean of ψ, times the density of u at the step.
      expect((2 / Math.sqrt(2 * Math.PI * a)) * found.mean[i]!).toBeCloseTo(
        found.surrogateFactor[i]!,
        12
      )
      const sharp = (2 / Math.sqrt(2 * Math.PI * a)) * found.singularMean[i]!
      if (gram > 0) expect(sharp / found.singularFactor[i]!).toBeCloseTo(1, 12)
      else expect([sharp, found.singularFactor[i]]).toEqual([Infinity, Infinity])
    })
  })

  test.each([
    [psi({ name: 'triangular', a: 0.5 }), 0.5 ** 2 / 6],
    [psi({ name: 'boxcar', a: 0.5, theta: 0.3 }), 0.5 ** 2 / 3],
    [psi({ name: 'exponential', alpha: 1, beta: 20 }), 2 / 20 ** 2]
  ])('far from the diagonal any ψ is noise of its own variance: %o', (surrogate, variance) => {
    // Where s is much wider than ψ only its first two moments are seen.
    const { noise, deviation } = surrogateProfile(
      { name: 'sign', theta: 0 },
      surrogate,
      400,
      Float64Array.of(0.5)
    )
    expect(deviation[0]).toBeCloseTo(20 * Math.sqrt(0.75), 12)
    expect(noise[0]! / variance).toBeCloseTo(1, 2)
  })

  test('on the diagonal M is ψ(0), and k what it takes for that', () => {
    const surrogate = psi({ name: 'triangular', a: 0.5 })
    const { mean, noise } = surrogateProfile(
      { name: 'sign', theta: 0 },
      surrogate,
      1,
      Float64Array.of(1)
    )
    expect(mean[0]).toBe(2)
    expect(noise[0]).toBeCloseTo(1 / (2 * Math.PI * 4), 14)
    const straight = surrogateProfile(
      activationSchema.parse({ name: 'relu' }),
      psi({ name: 'ste' }),
      1,
      correlations
    )
    expect(straight.noise.every((k) => k === Infinity)).toBe(true)
    expect(straight.surrogateFactor[2]).toBeCloseTo(0.5, 12)
    expect(straight.trueFactor[0]).toBeCloseTo(0.5, 12)
  })
})

describe('layer by layer', () => {
  const angles = Float64Array.of(0, 1e-3, 0.1, 1, 2.5)
  const three = design({
    depthHidden: 3,
    outputScale: 0.7,
    layers: [{ sigmaW: 2 }, {}, { activation: { name: 'erf', m: 3 }, sigmaB: 0.5 }, { sigmaB: 0 }]
  })

  test('the contributions sum to the kernel', () => {
    const found = kernelProfile(three, erfPrime(3), 1.2, angles)
    expect(found.contributions).toHaveLength(4)
    angles.forEach((_, i) => {
      const sum = found.contributions.reduce((total, layer) => total + layer[i]!, 0)
      expect(sum / found.kernel[i]!).toBeCloseTo(1, 12)
    })
    expect(found.diagonalRatio[0]).toBe(1)
  })

  test('the factors are the moments of the pairs of pre-activations', () => {
    const found = kernelProfile(three, erfPrime(3), 1.2, angles)
    const activations = [
      activationMath({ name: 'sign', theta: 0 }),
      activationMath({ name: 'sign', theta: 0 }),
      activationMath({ name: 'erf', m: 3, theta: 0 })
    ]
    const weights = [1.5, 1.5, 0.7 * 1.5].map((sigma) => sigma * sigma)
    activations.forEach((phi, l) => {
      const S = found.nngp[l]!
      angles.forEach((angle, i) => {
        if (angle < 0.1) return
        const [a, c] = [S[0]!, S[i]!]
        const pair = { a, b: a, c, gram: a * a - c * c, distance: 2 * (a - c), sum: 2 * (a + c) }
        const wanted = weights[l]! * phi.surrogateMoment(pair, surrogateMath(erfPrime(3)))
        expect(found.factors[l]![i]! / wanted).toBeCloseTo(1, 10)
      })
    })
  })

  test('without a surrogate the diagonal of sign is singular', () => {
    const found = kernelProfile(design({ depthHidden: 2 }), null, 1, angles)
    expect(found.factors.map((factor) => factor[0])).toEqual([Infinity, Infinity])
    expect(found.contributions.map((layer) => layer[0])).toEqual([
      Infinity,
      Infinity,
      found.nngp[2]![0]
    ])
    expect(found.diagonalRatio[1]).toBe(Infinity)
  })
})

describe('effective width', () => {
  test('solves the closed form of one hidden layer', () => {
    const m = 6
    const width = halfWidth(design(), erfPrime(m), 1)!
    const S = (angle: number) => (1.5 ** 2 / 2) * Math.cos(angle) + 0.2 ** 2
    const K = (angle: number) => {
      const [a, c] = [S(0), S(angle)]
      const second = 1.5 ** 2 * (2 / Math.PI) * Math.asin(c / a) + 0.2 ** 2
      return second + (c * 1.5 ** 2 * 2) / Math.PI / Math.sqrt(a * a - c * c + a / (2 * m * m))
    }
    expect(K(width) / K(0)).toBeCloseTo(0.5, 9)
  })

  test('is as narrow as the surrogate, none for the singular kernel and endless for a flat one', () => {
    const [wide, narrow] = [100, 1000].map((m) => halfWidth(design(), erfPrime(m), 1)!)
    expect(wide! / narrow!).toBeCloseTo(10, 0)
    expect(halfWidth(design(), null, 1)).toBe(0)
    const biased = design({ activation: { name: 'identity' }, sigmaB: 9 })
    expect(halfWidth(biased, null, 1)).toBeNull()
  })
})
