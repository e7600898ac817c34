import { z } from 'zod'
import { conditionalExpectation } from '../../theory/moments/conditional-expectation'
import { exchanged } from '../../theory/moments/gaussian-pair'
import { defineActivation } from '../activation-math'
import { numberElementwise } from '../number-elementwise'
import { positiveNumber, threshold } from '../parameters'

/** cos(ω(z − θ)); θ = π/(2ω) makes it a sine. Moments from E cos(αZ) = exp(−α²/2). */
export const cos = defineActivation({
  schema: z.strictObject({
    name: z.literal('cos'),
    omega: positiveNumber.default(1),
    theta: threshold
  }),
  title: 'Cosine',
  formula: String.raw`\cos(\omega(z-\theta))`,
  isStep: false,
  bind: ({ omega, theta }) => {
    const half = (omega * omega) / 2
    const phase = omega * theta
    const slope = {
      gaussianMean: (mean: number, deviation: number) =>
        -omega * Math.exp(-half * deviation * deviation) * Math.sin(omega * (mean - theta)),
      breaks: [],
      scale: Infinity,
      period: 4 / omega
    }
    return {
      shape: { breaks: [], scale: 2 / omega, isAnalytic: true, hasClosedProducts: true },
      evaluate: (ops, z) => ops.cos(ops.scale(ops.shift(z, -theta), omega)),
      derivative: (ops, z) => ops.scale(ops.sin(ops.scale(ops.shift(z, -theta), omega)), -omega),
      secondMoment: ({ distance, sum }) =>
        (Math.exp(-half * distance) + Math.exp(-half * sum) * Math.cos(2 * phase)) / 2,
      // e^{−ωD/2} − e^{−ωS/2}cos 2ωθ without cancellation: S − D = 4c.
      derivativeMoment: ({ c, distance, sum }) =>
        half *
        (2 * Math.exp(-half * sum) * Math.sin(phase) ** 2 -
          Math.exp(-half * distance) * Math.expm1(-4 * half * c)),
      surrogateMoment: (pair, surrogate) => {
        const evaluate = (z: number): number => surrogate.evaluate(numberElementwise, z)
        return conditionalExpectation(exchanged(pair), { ...surrogate, evaluate }, slope)
      }
    }
  }
})
