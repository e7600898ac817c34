import { z } from 'zod'
import { amplitude, positiveNumber, threshold } from '../parameters'
import { defineSurrogate } from '../surrogate-math'
import { shiftedSurrogate } from './shifted-surrogate'

/** ψ(z) = α³/(z² + α²)^{3/2}; area 2α. */
export const circ = defineSurrogate({
  schema: z.strictObject({
    name: z.literal('circ'),
    alpha: positiveNumber,
    amp: amplitude,
    theta: threshold
  }),
  title: 'Circ',
  formula: String.raw`\mathrm{amp}\cdot\frac{\alpha^3}{((z-\theta)^2+\alpha^2)^{3/2}}`,
  reference: 'Pehle & Pedersen (2021), Norse, doi 10.5281/zenodo.4422025',
  meanFormula: String.raw`\mathrm{amp}\cdot\sqrt{\tfrac2\pi}\,\tfrac{\alpha}{s}\,x\,e^{x}\left(K_1(x)-K_0(x)\right),\;x=\frac{\alpha^2}{4s^2}`,
  bind: ({ alpha, ...common }) =>
    shiftedSurrogate(
      {
        evaluate: (ops, z) => {
          const x = ops.scale(z, 1 / alpha)
          return ops.power(ops.shift(ops.multiply(x, x), 1), -1.5)
        },
        scale: alpha,
        isAnalytic: true,
        area: 2 * alpha
      },
      common
    )
})
