import { z } from 'zod'
import { amplitude, positiveNumber, threshold } from '../parameters'
import { defineSurrogate } from '../surrogate-math'
import { logisticBump } from './logistic-prime'
import { shiftedSurrogate } from './shifted-surrogate'

/** ψ(z) = 1 − tanh²(βz), without the factor β of the derivative; area 2/β. */
export const tanhPrime = defineSurrogate({
  schema: z.strictObject({
    name: z.literal('tanh_prime'),
    beta: positiveNumber,
    amp: amplitude,
    theta: threshold
  }),
  title: 'tanh′ of height 1',
  formula: String.raw`\mathrm{amp}\cdot(1-\tanh^2(\beta(z-\theta)))`,
  reference: 'Pehle & Pedersen (2021), Norse, doi 10.5281/zenodo.4422025',
  meanFormula: null,
  // σ(1 − σ)(2x) = (1 − tanh² x)/4.
  bind: ({ beta, amp, theta }) =>
    shiftedSurrogate(logisticBump(2 * beta), { amp: (2 * amp) / beta, theta })
})
