import { z } from 'zod'
import { amplitude, positiveNumber, threshold } from '../parameters'
import { defineSurrogate } from '../surrogate-math'
import { shiftedSurrogate, type CentredSurrogate } from './shifted-surrogate'

/** ψ(z) = β σ(βz) (1 − σ(βz)) with the logistic function σ; area 1. */
export const logisticPrime = defineSurrogate({
  schema: z.strictObject({
    name: z.literal('logistic_prime'),
    beta: positiveNumber,
    amp: amplitude,
    theta: threshold
  }),
  title: 'Derivative of the logistic function',
  formula: String.raw`\mathrm{amp}\cdot\beta\,\sigma(\beta(z-\theta))\,(1-\sigma(\beta(z-\theta)))`,
  reference: 'Zenke & Vogels (2021), Neural Computation 33',
  meanFormula: null,
  bind: ({ beta, ...common }) => shiftedSurrogate(logisticBump(beta), common)
})

/** β σ(βz)(1 − σ(βz)). */
export function logisticBump(beta: number): CentredSurrogate {
  return {
    // σ(1 − σ)(x) = (1 − tanh²(x/2))/4: no overflow for any x.
    evaluate: (ops, z) => {
      const value = ops.tanh(ops.scale(z, beta / 2))
      return ops.scale(ops.shift(ops.scale(ops.multiply(value, value), -1), 1), beta / 4)
    },
    // Far out the value itself is below what the terms of the sum cancel to.
    gaussianMean: (mean, deviation) =>
      beta * Math.abs(mean) > 8 ? null : beta * fourierMean(beta * mean, beta * deviation),
    scale: 1 / beta,
    isAnalytic: true,
    area: 1
  }
}

/**
 * E σ(1 − σ)(mean + deviation·Z) = (1/π) ∫₀^∞ (πω/sinh πω) exp(−deviation²ω²/2) cos(ω·mean) dω.
 *
 * The trapezoidal rule with step h sums the exact values at mean + 2πj/h, so h is chosen to put the
 * first of them beyond the reach of ψ and of the Gaussian.
 */
function fourierMean(mean: number, deviation: number): number {
  const step = (2 * Math.PI) / (Math.abs(mean) + 9 * deviation + 40)
  const last = Math.min(13, 8.8 / deviation)
  let total = 0.5
  for (let frequency = step; frequency < last; frequency += step) {
    const x = Math.PI * frequency
    const gaussian = Math.exp(-((deviation * frequency) ** 2) / 2)
    total += (x / Math.sinh(x)) * gaussian * Math.cos(frequency * mean)
  }
  return (total * step) / Math.PI
}
