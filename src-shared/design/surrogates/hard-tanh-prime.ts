import { z } from 'zod'
import { amplitude, positiveNumber, threshold } from '../parameters'
import { defineSurrogate } from '../surrogate-math'
import { box } from './boxcar'
import { shiftedSurrogate } from './shifted-surrogate'

/** ψ(z) = m for m|z| < 1, else 0: the derivative of max(−1, min(1, mz)); area 2, the jump of sign. */
export const hardTanhPrime = defineSurrogate({
  schema: z.strictObject({
    name: z.literal('hard_tanh_prime'),
    m: positiveNumber,
    amp: amplitude,
    theta: threshold
  }),
  title: 'Derivative of hard tanh',
  formula: String.raw`\mathrm{amp}\cdot m\,\mathbf{1}\{m|z-\theta|<1\}`,
  reference: 'Courbariaux et al. (2016), arXiv 1602.02830',
  meanFormula: String.raw`\mathrm{amp}\cdot m\operatorname{erf}\frac{1}{ms\sqrt2}`,
  bind: ({ m, amp, theta }) => shiftedSurrogate(box(1 / m), { amp: amp * m, theta })
})
