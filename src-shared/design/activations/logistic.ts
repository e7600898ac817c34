import { z } from 'zod'
import {
  tanhDerivativeMoment,
  tanhMean,
  tanhSecondMoment,
  tanhSurrogateMoment
} from '../../theory/moments/smooth-sign'
import { defineActivation } from '../activation-math'
import { positiveNumber, threshold } from '../parameters'
import { logisticBump } from '../surrogates/logistic-prime'

/** σ(β(z − θ)) = (1 + tanh(β(z − θ)/2))/2, a smooth Heaviside; moments from those of tanh. */
export const logistic = defineActivation({
  schema: z.strictObject({
    name: z.literal('logistic'),
    beta: positiveNumber.default(1),
    theta: threshold
  }),
  title: 'Logistic',
  formula: String.raw`\frac{1}{1+e^{-\beta(z-\theta)}}`,
  isStep: false,
  bind: ({ beta, theta }) => {
    const half = { beta: beta / 2, theta }
    const bump = logisticBump(beta)
    return {
      shape: { breaks: [theta], scale: 1 / beta, isAnalytic: true },
      // By tanh: no overflow for any z.
      evaluate: (ops, z) =>
        ops.shift(ops.scale(ops.tanh(ops.scale(ops.shift(z, -theta), beta / 2)), 0.5), 0.5),
      derivative: (ops, z) => bump.evaluate(ops, ops.shift(z, -theta)),
      secondMoment: (pair) =>
        (1 + tanhMean(half, pair.a) + tanhMean(half, pair.b) + tanhSecondMoment(half, pair)) / 4,
      derivativeMoment: (pair) => tanhDerivativeMoment(half, pair) / 4,
      surrogateMoment: (pair, surrogate) => tanhSurrogateMoment(half, pair, surrogate) / 2
    }
  }
})
