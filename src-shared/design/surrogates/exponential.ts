import erfc from '@stdlib/math-base-special-erfc'
import erfcx from '@stdlib/math-base-special-erfcx'
import { z } from 'zod'
import { numberElementwise } from '../number-elementwise'
import { positiveNumber, threshold } from '../parameters'
import { defineSurrogate, type SurrogateMath } from '../surrogate-math'

/** ψ(z) = α exp(−β|z − θ|); area 2α/β. */
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
  bind: ({ alpha, beta, theta }) => {
    const evaluate: SurrogateMath['evaluate'] = (ops, z) =>
      ops.scale(ops.exp(ops.scale(ops.abs(ops.shift(z, -theta)), -beta)), alpha)
    return {
      evaluate,
      gaussianMean: (mean, deviation) => {
        if (deviation === 0) return evaluate(numberElementwise, mean)
        const offset = mean - theta
        const side = (sign: 1 | -1): number => tail(sign * offset, deviation, beta)
        return (alpha / 2) * (side(1) + side(-1))
      },
      scale: 1 / beta,
      area: (2 * alpha) / beta,
      isEven: theta === 0
    }
  }
})

/** 2 E exp(−βX) 1{X > 0} for X ~ N(mean, deviation²), without overflow. */
function tail(mean: number, deviation: number, beta: number): number {
  const x = mean / deviation
  const z = (beta * deviation - x) / Math.SQRT2
  // erfcx overflows for very negative arguments; the other form underflows for large ones.
  if (z < -1) return Math.exp(-beta * mean + (beta * deviation) ** 2 / 2) * erfc(z)
  return Math.exp((-x * x) / 2) * erfcx(z)
}
