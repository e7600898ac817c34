import erfcx from '@stdlib/math-base-special-erfcx'
import { z } from 'zod'
import { amplitude, positiveNumber, threshold } from '../parameters'
import { defineSurrogate } from '../surrogate-math'
import { shiftedSurrogate } from './shifted-surrogate'

/** ψ(z) = 1/(1 + (κz)²); area π/κ. */
export const arctan = defineSurrogate({
  schema: z.strictObject({
    name: z.literal('arctan'),
    kappa: positiveNumber,
    amp: amplitude,
    theta: threshold
  }),
  title: 'Derivative of the arctangent',
  formula: String.raw`\frac{\mathrm{amp}}{1+(\kappa(z-\theta))^2}`,
  reference: 'Fang et al. (2021), arXiv 2007.05785',
  meanFormula: String.raw`\mathrm{amp}\cdot\sqrt\pi\,x\operatorname{erfcx}x,\;x=\frac{1}{\kappa s\sqrt2}`,
  bind: ({ kappa, ...common }) =>
    shiftedSurrogate(
      {
        evaluate: (ops, z) => {
          const x = ops.scale(z, kappa)
          return ops.reciprocal(ops.shift(ops.multiply(x, x), 1))
        },
        gaussianMean: (mean, deviation) => {
          if (mean !== 0) return null
          const x = 1 / (kappa * deviation * Math.SQRT2)
          return Math.sqrt(Math.PI) * x * erfcx(x)
        },
        scale: 1 / kappa,
        isAnalytic: true,
        area: Math.PI / kappa
      },
      common
    )
})
