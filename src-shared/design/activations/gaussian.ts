import { z } from 'zod'
import type { GaussianPair } from '../../theory/moments/gaussian-pair'
import { expectationOver } from '../../theory/moments/graded-expectation'
import { defineActivation } from '../activation-math'
import { numberElementwise } from '../number-elementwise'
import { positiveNumber, threshold } from '../parameters'

/** exp(−m²(z − θ)²): up to a factor a normal density of variance k = 1/(2m²), so moments are too. */
export const gaussian = defineActivation({
  schema: z.strictObject({
    name: z.literal('gaussian'),
    m: positiveNumber.default(1),
    theta: threshold
  }),
  title: 'Gaussian',
  formula: String.raw`e^{-m^2(z-\theta)^2}`,
  isStep: false,
  bind: ({ m, theta }) => {
    const k = 1 / (2 * m * m)
    const square = theta * theta
    const determinant = ({ a, b, gram }: GaussianPair): number => gram + k * (a + b) + k * k
    const secondMoment = (pair: GaussianPair): number => {
      const det = determinant(pair)
      return (k / Math.sqrt(det)) * Math.exp((-square * (pair.distance + 2 * k)) / (2 * det))
    }
    return {
      shape: { breaks: [theta], scale: 1 / m, isAnalytic: true, hasClosedProducts: true },
      evaluate: (ops, z) => {
        const x = ops.scale(ops.shift(z, -theta), m)
        return ops.exp(ops.scale(ops.multiply(x, x), -1))
      },
      derivative: (ops, z) => {
        const x = ops.scale(ops.shift(z, -theta), m)
        const value = ops.exp(ops.scale(ops.multiply(x, x), -1))
        return ops.scale(ops.multiply(x, value), -2 * m)
      },
      secondMoment,
      // The derivative of secondMoment in c (Price 1958).
      derivativeMoment: (pair) => {
        const det = determinant(pair)
        const { c } = pair
        const shift = square * (det - c * (pair.distance + 2 * k))
        return secondMoment(pair) * (c / det + shift / (det * det))
      },
      // φ(u) tilts the pair to another Gaussian one; φ′ = −(u − θ)φ/k is linear beside it.
      surrogateMoment: ({ a, b, c, gram }, { evaluate, gaussianMean, breaks, scale, isEven }) => {
        if (isEven && theta === 0) return 0
        const A = a + k
        const mean = (c * theta) / A
        const deviation = Math.sqrt((gram + k * b) / A)
        const weight = Math.sqrt(k / A) * Math.exp(-square / (2 * A))
        const level = (theta / A) * gaussianMean(mean, deviation)
        if (deviation === 0) return weight * level
        const tilted = (v: number): number =>
          ((v - mean) / deviation) * evaluate(numberElementwise, v)
        const trend = expectationOver(tilted, mean, deviation, breaks, scale)
        return weight * (level - (c / (A * deviation)) * trend)
      }
    }
  }
})
