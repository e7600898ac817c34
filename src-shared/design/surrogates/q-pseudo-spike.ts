import { z } from 'zod'
import { amplitude, finiteNumber, positiveNumber, threshold } from '../parameters'
import { defineSurrogate } from '../surrogate-math'
import { shiftedSurrogate } from './shifted-surrogate'

/** ψ(z) = (1 + 2β|z|/(α − 1))^{−α}, α > 1 a tail exponent; area 1/β. */
export const qPseudoSpike = defineSurrogate({
  schema: z.strictObject({
    name: z.literal('q_pseudo_spike'),
    alpha: finiteNumber.gt(1, 'must be above 1'),
    beta: positiveNumber.default(1),
    amp: amplitude,
    theta: threshold
  }),
  title: 'q-PseudoSpike',
  formula: String.raw`\mathrm{amp}\cdot\left(1+\frac{2\beta|z-\theta|}{\alpha-1}\right)^{-\alpha}`,
  reference: 'Herranz-Celotti & Rouat (2022), arXiv 2202.00282',
  meanFormula: null,
  bind: ({ alpha, beta, ...common }) =>
    shiftedSurrogate(
      {
        evaluate: (ops, z) =>
          ops.power(ops.shift(ops.scale(ops.abs(z), (2 * beta) / (alpha - 1)), 1), -alpha),
        scale: (alpha - 1) / (2 * alpha * beta),
        area: 1 / beta
      },
      common
    )
})
