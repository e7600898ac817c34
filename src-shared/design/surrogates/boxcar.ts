import erf from '@stdlib/math-base-special-erf'
import erfc from '@stdlib/math-base-special-erfc'
import { z } from 'zod'
import { numberElementwise } from '../number-elementwise'
import { positiveNumber, threshold } from '../parameters'
import { defineSurrogate, type SurrogateMath } from '../surrogate-math'

/** ψ(z) = amp for |z − θ| < a, amp/2 at the edges, 0 beyond; area 2·a·amp. */
export const boxcar = defineSurrogate({
  schema: z.strictObject({
    name: z.literal('boxcar'),
    a: positiveNumber,
    amp: positiveNumber,
    theta: threshold
  }),
  title: 'Boxcar',
  formula: String.raw`\mathrm{amp}\cdot\mathbf{1}\{|z-\theta|<a\}`,
  reference: 'Hubara et al. (2016), arXiv 1602.02830',
  bind: ({ a, amp, theta }) => {
    const evaluate: SurrogateMath['evaluate'] = (ops, z) =>
      ops.scale(
        ops.shift(ops.sign(ops.shift(ops.scale(ops.abs(ops.shift(z, -theta)), -1), a)), 1),
        amp / 2
      )
    return {
      evaluate,
      gaussianMean: (mean, deviation) => {
        if (deviation === 0) return evaluate(numberElementwise, mean)
        const offset = Math.abs(mean - theta)
        const width = deviation * Math.SQRT2
        // Outside the box both terms are near 1: their complements keep the digits.
        if (offset > a) return (amp / 2) * (erfc((offset - a) / width) - erfc((offset + a) / width))
        return (amp / 2) * (erf((a - offset) / width) + erf((a + offset) / width))
      },
      scale: a,
      area: 2 * a * amp,
      isEven: theta === 0
    }
  }
})
