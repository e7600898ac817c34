import erf from '@stdlib/math-base-special-erf'
import erfc from '@stdlib/math-base-special-erfc'
import { z } from 'zod'
import { gaussLegendre, integrate } from '../../theory/moments/gauss-legendre'
import { amplitude, positiveNumber, threshold } from '../parameters'
import { defineSurrogate } from '../surrogate-math'
import { shiftedSurrogate } from './shifted-surrogate'

const rule = gaussLegendre(32)

/** ψ(z) = max(0, 1 − |z|/a)/a; area 1. */
export const triangular = defineSurrogate({
  schema: z.strictObject({
    name: z.literal('triangular'),
    a: positiveNumber,
    amp: amplitude,
    theta: threshold
  }),
  title: 'Triangular',
  formula: String.raw`\frac{\mathrm{amp}}{a}\max\!\left(0,\,1-\frac{|z-\theta|}{a}\right)`,
  reference: 'Esser et al. (2016), PNAS 113; Bellec et al. (2018), arXiv 1803.09574',
  meanFormula: String.raw`\frac{\mathrm{amp}}{a}\left(\operatorname{erf}q-\frac{1-e^{-q^2}}{q\sqrt\pi}\right),\;q=\frac{a}{s\sqrt2}`,
  bind: ({ a, ...common }) =>
    shiftedSurrogate(
      {
        evaluate: (ops, z) =>
          ops.scale(ops.relu(ops.shift(ops.scale(ops.abs(z), -1 / a), 1)), 1 / a),
        gaussianMean: (mean, deviation) => {
          if (mean === 0) {
            const q = a / (deviation * Math.SQRT2)
            return (erf(q) + Math.expm1(-q * q) / (q * Math.sqrt(Math.PI))) / a
          }
          if (deviation > a / 4) return overTheTriangle(mean, deviation, a)
          // On the left of the peak, where ramps are tails that keep their digits.
          const ramp = (d: number): number => rampMean(d - Math.abs(mean), deviation)
          return (ramp(a) - 2 * ramp(0) + ramp(-a)) / (a * a)
        },
        hasClosedMean: true,
        scale: a,
        breaks: [-a, 0, a],
        pieces: {
          value: 0,
          slope: 0,
          breaks: [
            { at: -a, jump: 0, kink: 1 / (a * a) },
            { at: 0, jump: 0, kink: -2 / (a * a) },
            { at: a, jump: 0, kink: 1 / (a * a) }
          ]
        },
        area: 1
      },
      common
    )
})

/** E max(0, mean + deviation·Z). */
function rampMean(mean: number, deviation: number): number {
  const x = mean / deviation
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
  return (mean * erfc(-x / Math.SQRT2)) / 2 + deviation * density
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
