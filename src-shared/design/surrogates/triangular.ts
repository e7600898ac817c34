import erf from '@stdlib/math-base-special-erf'
import { z } from 'zod'
import { gaussLegendre, integrate } from '../../theory/moments/gauss-legendre'
import { numberElementwise } from '../number-elementwise'
import { positiveNumber, threshold } from '../parameters'
import { defineSurrogate, type SurrogateMath } from '../surrogate-math'

const rule = gaussLegendre(32)

/** ψ(z) = max(0, 1 − |z − θ|/a)/a; area 1. */
export const triangular = defineSurrogate({
  schema: z.strictObject({
    name: z.literal('triangular'),
    a: positiveNumber,
    theta: threshold
  }),
  title: 'Triangular',
  formula: String.raw`\frac{1}{a}\max\!\left(0,\,1-\frac{|z-\theta|}{a}\right)`,
  reference: 'Esser et al. (2016), PNAS 113; Bellec et al. (2018), arXiv 1803.09574',
  bind: ({ a, theta }) => {
    const evaluate: SurrogateMath['evaluate'] = (ops, z) =>
      ops.scale(ops.relu(ops.shift(ops.scale(ops.abs(ops.shift(z, -theta)), -1 / a), 1)), 1 / a)
    return {
      evaluate,
      gaussianMean: (mean, deviation) => {
        const offset = mean - theta
        if (deviation === 0) return evaluate(numberElementwise, mean)
        if (offset === 0) {
          const q = a / (deviation * Math.SQRT2)
          return (erf(q) + Math.expm1(-q * q) / (q * Math.sqrt(Math.PI))) / a
        }
        if (deviation > a / 4) return overTheTriangle(offset, deviation, a)
        const ramp = (d: number): number => rampMean(offset + d, deviation)
        return (ramp(a) - 2 * ramp(0) + ramp(-a)) / (a * a)
      },
      scale: a,
      area: 1,
      isEven: theta === 0
    }
  }
})

/** E max(0, mean + deviation·Z). */
function rampMean(mean: number, deviation: number): number {
  const x = mean / deviation
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
  return (mean * (1 + erf(x / Math.SQRT2))) / 2 + deviation * density
}

/** The integral itself, where the Gaussian is wide and differences of ramps would cancel. */
function overTheTriangle(offset: number, deviation: number, a: number): number {
  const weighted = (z: number): number => {
    const x = (z - offset) / deviation
    return ((1 - Math.abs(z) / a) / a) * Math.exp((-x * x) / 2)
  }
  const total = integrate(rule, -a, 0, weighted) + integrate(rule, 0, a, weighted)
  return total / (deviation * Math.sqrt(2 * Math.PI))
}
