import erfcx from '@stdlib/math-base-special-erfcx'
import { z } from 'zod'
import { amplitude, positiveNumber, threshold } from '../parameters'
import { defineSurrogate } from '../surrogate-math'
import { shiftedSurrogate, type CentredSurrogate } from './shifted-surrogate'

/** ψ(z) = 1/(1 + β|z|)²; area 2/β. */
export const fastSigmoid = defineSurrogate({
  schema: z.strictObject({
    name: z.literal('fast_sigmoid'),
    beta: positiveNumber,
    amp: amplitude,
    theta: threshold
  }),
  title: 'Fast sigmoid (SuperSpike)',
  formula: String.raw`\frac{\mathrm{amp}}{(1+\beta|z-\theta|)^2}`,
  reference: 'Zenke & Ganguli (2018), SuperSpike, Neural Computation 30',
  meanFormula: String.raw`\mathrm{amp}\cdot\tfrac{2}{\sqrt\pi}\left(p-\sqrt\pi\,p^2+2p^3G(p)\right),\;p=\tfrac{1}{\beta s\sqrt2},\;G(p)=\sqrt\pi\,D(p)-\tfrac12e^{-p^2}\operatorname{Ei}(p^2)`,
  bind: ({ beta, ...common }) => shiftedSurrogate(inverseSquare(beta), common)
})

/** (1 + β|z|)⁻². */
export function inverseSquare(beta: number): CentredSurrogate {
  return {
    evaluate: (ops, z) => {
      const x = ops.reciprocal(ops.shift(ops.scale(ops.abs(z), beta), 1))
      return ops.multiply(x, x)
    },
    gaussianMean: (mean, deviation) => (mean === 0 ? centredMean(beta * deviation) : null),
    scale: 1 / beta,
    area: 2 / beta
  }
}

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
