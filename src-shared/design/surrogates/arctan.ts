import erfcx from '@stdlib/math-base-special-erfcx'
import { z } from 'zod'
import { kinkedExpectation } from '../../theory/moments/kinked-expectation'
import { numberElementwise } from '../number-elementwise'
import { positiveNumber, threshold } from '../parameters'
import { defineSurrogate, type SurrogateMath } from '../surrogate-math'

/** ψ(z) = amp/(1 + (κ(z − θ))²); area π·amp/κ. */
export const arctan = defineSurrogate({
  schema: z.strictObject({
    name: z.literal('arctan'),
    kappa: positiveNumber,
    amp: positiveNumber,
    theta: threshold
  }),
  title: 'Derivative of the arctangent',
  formula: String.raw`\frac{\mathrm{amp}}{1+(\kappa(z-\theta))^2}`,
  reference: 'Fang et al. (2021), arXiv 2007.05785',
  bind: ({ kappa, amp, theta }) => {
    const evaluate: SurrogateMath['evaluate'] = (ops, z) => {
      const x = ops.scale(ops.shift(z, -theta), kappa)
      return ops.scale(ops.reciprocal(ops.shift(ops.multiply(x, x), 1)), amp)
    }
    return {
      evaluate,
      gaussianMean: (mean, deviation) => {
        if (deviation === 0) return evaluate(numberElementwise, mean)
        if (mean === theta) {
          const x = 1 / (kappa * deviation * Math.SQRT2)
          return amp * Math.sqrt(Math.PI) * x * erfcx(x)
        }
        const centred = (z: number): number => amp / (1 + (kappa * z) ** 2)
        return kinkedExpectation(centred, mean - theta, deviation, 1 / kappa)
      },
      scale: 1 / kappa,
      area: (Math.PI * amp) / kappa,
      isEven: theta === 0
    }
  }
})
