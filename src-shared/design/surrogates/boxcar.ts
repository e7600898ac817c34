import erf from '@stdlib/math-base-special-erf'
import erfc from '@stdlib/math-base-special-erfc'
import { z } from 'zod'
import { amplitude, positiveNumber, threshold } from '../parameters'
import { defineSurrogate } from '../surrogate-math'
import { shiftedSurrogate, type CentredSurrogate } from './shifted-surrogate'

/** ψ(z) = 1 for |z| < a, ½ at the edges, 0 beyond; area 2a. */
export const boxcar = defineSurrogate({
  schema: z.strictObject({
    name: z.literal('boxcar'),
    a: positiveNumber,
    amp: amplitude,
    theta: threshold
  }),
  title: 'Boxcar',
  formula: String.raw`\mathrm{amp}\cdot\mathbf{1}\{|z-\theta|<a\}`,
  reference: 'Courbariaux et al. (2016), arXiv 1602.02830',
  meanFormula: String.raw`\mathrm{amp}\cdot\operatorname{erf}\frac{a}{s\sqrt2}`,
  bind: ({ a, ...common }) => shiftedSurrogate(box(a), common)
})

/** The boxcar of half width a. */
export function box(a: number): CentredSurrogate {
  return {
    evaluate: (ops, z) =>
      ops.scale(ops.shift(ops.sign(ops.shift(ops.scale(ops.abs(z), -1), a)), 1), 0.5),
    gaussianMean: (mean, deviation) => {
      const offset = Math.abs(mean)
      const width = deviation * Math.SQRT2
      // Far outside the box both terms are near 1: their complements keep the digits.
      if (offset - a > width / 2)
        return (erfc((offset - a) / width) - erfc((offset + a) / width)) / 2
      return (erf((a - offset) / width) + erf((a + offset) / width)) / 2
    },
    hasClosedMean: true,
    scale: a,
    breaks: [-a, a],
    pieces: {
      value: 0,
      slope: 0,
      breaks: [
        { at: -a, jump: 1, kink: 0 },
        { at: a, jump: -1, kink: 0 }
      ]
    },
    area: 2 * a
  }
}
