import { z } from 'zod'
import { numberElementwise } from '../number-elementwise'
import { positiveNumber, threshold } from '../parameters'
import { defineSurrogate, type SurrogateMath } from '../surrogate-math'

/** ψ(z) = β σ(β(z − θ)) (1 − σ(β(z − θ))) with the logistic function σ; area 1. */
export const logisticPrime = defineSurrogate({
  schema: z.strictObject({
    name: z.literal('logistic_prime'),
    beta: positiveNumber,
    theta: threshold
  }),
  title: 'Derivative of the logistic function',
  formula: String.raw`\beta\,\sigma(\beta(z-\theta))\,(1-\sigma(\beta(z-\theta)))`,
  reference: 'Zenke & Vogels (2021), Neural Computation 33',
  bind: ({ beta, theta }) => {
    // σ(1 − σ)(x) = (1 − tanh²(x/2))/4: no overflow for any x.
    const evaluate: SurrogateMath['evaluate'] = (ops, z) => {
      const value = ops.tanh(ops.scale(ops.shift(z, -theta), beta / 2))
      return ops.scale(ops.shift(ops.scale(ops.multiply(value, value), -1), 1), beta / 4)
    }
    return {
      evaluate,
      gaussianMean: (mean, deviation) =>
        deviation === 0
          ? evaluate(numberElementwise, mean)
          : beta * fourierMean(beta * (mean - theta), beta * deviation),
      scale: 1 / beta,
      area: 1,
      isEven: theta === 0
    }
  }
})

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
