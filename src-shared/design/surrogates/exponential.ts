import erfc from '@stdlib/math-base-special-erfc'
import erfcx from '@stdlib/math-base-special-erfcx'
import { z } from 'zod'
import { positiveNumber, threshold } from '../parameters'
import { defineSurrogate } from '../surrogate-math'
import { shiftedSurrogate } from './shifted-surrogate'

/** ψ(z) = α exp(−β|z|); area 2α/β. */
export const exponential = defineSurrogate({
  schema: z.strictObject({
    name: z.literal('exponential'),
    alpha: positiveNumber,
    beta: positiveNumber,
    theta: threshold
  }),
  title: 'Exponential',
  formula: String.raw`\alpha\,e^{-\beta|z-\theta|}`,
  reference: 'Shrestha & Orchard (2018), SLAYER, arXiv 1810.08646',
  meanFormula: String.raw`\alpha\operatorname{erfcx}\frac{\beta s}{\sqrt2}`,
  bind: ({ alpha, beta, theta }) =>
    shiftedSurrogate(
      {
        evaluate: (ops, z) => ops.exp(ops.scale(ops.abs(z), -beta)),
        gaussianMean: (mean, deviation) =>
          (tail(mean, deviation, beta) + tail(-mean, deviation, beta)) / 2,
        hasClosedMean: true,
        scale: 1 / beta,
        area: 2 / beta
      },
      { amp: alpha, theta }
    )
})

/** 2 E exp(−βX) 1{X > 0} for X ~ N(mean, deviation²), without overflow. */
function tail(mean: number, deviation: number, beta: number): number {
  const x = mean / deviation
  const z = (beta * deviation - x) / Math.SQRT2
  // erfcx overflows for very negative arguments; the other form underflows for large ones.
  if (z < -1) return Math.exp(-beta * mean + (beta * deviation) ** 2 / 2) * erfc(z)
  return Math.exp((-x * x) / 2) * erfcx(z)
}
