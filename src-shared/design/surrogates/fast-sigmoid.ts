import erfcx from '@stdlib/math-base-special-erfcx'
import { z } from 'zod'
import { kinkedExpectation } from '../../theory/moments/kinked-expectation'
import { numberElementwise } from '../number-elementwise'
import { positiveNumber, threshold } from '../parameters'
import { defineSurrogate, type SurrogateMath } from '../surrogate-math'

/** ψ(z) = 1/(1 + β|z − θ|)²; area 2/β. */
export const fastSigmoid = defineSurrogate({
  schema: z.strictObject({
    name: z.literal('fast_sigmoid'),
    beta: positiveNumber,
    theta: threshold
  }),
  title: 'Fast sigmoid (SuperSpike)',
  formula: String.raw`\frac{1}{(1+\beta|z-\theta|)^2}`,
  reference: 'Zenke & Ganguli (2018), SuperSpike, Neural Computation 30',
  bind: ({ beta, theta }) => {
    const evaluate: SurrogateMath['evaluate'] = (ops, z) => {
      const x = ops.reciprocal(ops.shift(ops.scale(ops.abs(ops.shift(z, -theta)), beta), 1))
      return ops.multiply(x, x)
    }
    return {
      evaluate,
      gaussianMean: (mean, deviation) => {
        if (deviation === 0) return evaluate(numberElementwise, mean)
        if (mean === theta) return centredMean(beta * deviation)
        const centred = (z: number): number => (1 + beta * Math.abs(z)) ** -2
        return kinkedExpectation(centred, mean - theta, deviation, 1 / beta)
      },
      scale: 1 / beta,
      area: 2 / beta,
      isEven: theta === 0
    }
  }
})

/**
 * E (1 + width·|Z|)⁻² = ∫₀^∞ t e^{−t} erfcx(t·width/√2) dt, from (1 + x)⁻² = ∫ t e^{−t(1+x)} dt. With
 * t = eʸ the integrand is positive, analytic in a strip of half-width π/2 and decays doubly
 * exponentially to the right, so the trapezoidal rule reaches rounding with this step.
 */
function centredMean(width: number): number {
  const STEP = 0.2
  let total = 0
  for (let y = -22; y < 4.2; y += STEP) {
    const t = Math.exp(y)
    total += t * t * Math.exp(-t) * erfcx((t * width) / Math.SQRT2)
  }
  return total * STEP
}
