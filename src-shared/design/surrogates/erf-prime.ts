import { z } from 'zod'
import { amplitude, positiveNumber, threshold } from '../parameters'
import { defineSurrogate } from '../surrogate-math'
import { shiftedSurrogate } from './shifted-surrogate'

/** ψ(z) = erf_m′(z) = (2m/√π) exp(−m²z²); area 2, the jump of sign. */
export const erfPrime = defineSurrogate({
  schema: z.strictObject({
    name: z.literal('erf_prime'),
    m: positiveNumber,
    amp: amplitude,
    theta: threshold
  }),
  title: 'Derivative of the error function',
  formula: String.raw`\mathrm{amp}\cdot\frac{2m}{\sqrt{\pi}}\,e^{-m^2(z-\theta)^2}`,
  reference: 'Eilers, Memmesheimer, Goedeke (2024), arXiv 2405.15539',
  meanFormula: String.raw`\mathrm{amp}\cdot\frac{2m}{\sqrt{\pi}}\,\frac{1}{\sqrt{1+2m^2s^2}}`,
  bind: ({ m, ...common }) => {
    const height = (2 * m) / Math.sqrt(Math.PI)
    return shiftedSurrogate(
      {
        evaluate: (ops, z) => {
          const x = ops.scale(z, m)
          return ops.scale(ops.exp(ops.scale(ops.multiply(x, x), -1)), height)
        },
        gaussianMean: (mean, deviation) => {
          const widening = 1 + 2 * m * m * deviation * deviation
          const offset = m * mean
          return (height / Math.sqrt(widening)) * Math.exp((-offset * offset) / widening)
        },
        scale: 1 / m,
        isAnalytic: true,
        bump: { area: 2, at: 0, smoothing: 1 / (2 * m * m) },
        hasClosedMean: true,
        area: 2
      },
      common
    )
  }
})
