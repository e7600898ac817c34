import { z } from 'zod'
import { amplitude, positiveNumber, threshold } from '../parameters'
import { defineSurrogate } from '../surrogate-math'
import { shiftedSurrogate } from './shifted-surrogate'

/** ψ(z) = 1/(1/α + |z|), the derivative of ±log(1 + α|z|); its area is infinite. */
export const logAbs = defineSurrogate({
  schema: z.strictObject({
    name: z.literal('log_abs'),
    alpha: positiveNumber,
    amp: amplitude,
    theta: threshold
  }),
  title: 'Signed logarithm',
  formula: String.raw`\frac{\mathrm{amp}}{1/\alpha+|z-\theta|}`,
  reference: 'Fang et al. (2023), SpikingJelly, Science Advances 9',
  meanFormula: String.raw`\frac{\mathrm{amp}}{s}\sqrt{\tfrac2\pi}\left(\sqrt\pi\,D(p)-\tfrac12e^{-p^2}\operatorname{Ei}(p^2)\right),\;p=\frac{1}{\alpha s\sqrt2}`,
  bind: ({ alpha, ...common }) =>
    shiftedSurrogate(
      {
        evaluate: (ops, z) => ops.reciprocal(ops.shift(ops.abs(z), 1 / alpha)),
        scale: 1 / alpha,
        area: Infinity
      },
      common
    )
})
