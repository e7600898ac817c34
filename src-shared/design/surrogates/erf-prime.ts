import { z } from 'zod'
import { positiveNumber, threshold } from '../parameters'
import { defineSurrogate } from '../surrogate-math'

/** ψ(z) = erf_m′(z − θ) = (2m/√π) exp(−m²(z − θ)²); area 2, the jump of sign. */
export const erfPrime = defineSurrogate({
  schema: z.strictObject({ name: z.literal('erf_prime'), m: positiveNumber, theta: threshold }),
  title: 'Derivative of the error function',
  formula: String.raw`\frac{2m}{\sqrt{\pi}}\,e^{-m^2(z-\theta)^2}`,
  reference: 'Eilers, Memmesheimer, Goedeke (2024), arXiv 2405.15539',
  bind: ({ m, theta }) => {
    const height = (2 * m) / Math.sqrt(Math.PI)
    return {
      evaluate: (ops, z) => {
        const x = ops.scale(ops.shift(z, -theta), m)
        return ops.scale(ops.exp(ops.scale(ops.multiply(x, x), -1)), height)
      },
      gaussianMean: (mean, deviation) => {
        const widening = 1 + 2 * m * m * deviation * deviation
        const offset = m * (mean - theta)
        return (height / Math.sqrt(widening)) * Math.exp((-offset * offset) / widening)
      },
      scale: 1 / m,
      area: 2,
      isEven: theta === 0
    }
  }
})
