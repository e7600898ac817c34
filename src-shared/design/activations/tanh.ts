import { z } from 'zod'
import {
  tanhDerivativeMoment,
  tanhSecondMoment,
  tanhSurrogateMoment
} from '../../theory/moments/smooth-sign'
import { defineActivation } from '../activation-math'
import { positiveNumber, threshold } from '../parameters'
import { logisticBump } from '../surrogates/logistic-prime'

/** tanh(β(z − θ)): no closed moments; quadrature to rounding (docs/maths.md). */
export const tanh = defineActivation({
  schema: z.strictObject({
    name: z.literal('tanh'),
    beta: positiveNumber.default(1),
    theta: threshold
  }),
  title: 'Hyperbolic tangent',
  formula: String.raw`\tanh(\beta(z-\theta))`,
  isStep: false,
  bind: (parameters) => {
    const { beta, theta } = parameters
    // tanh(βz)′ = 2 σ(2βz)′ with the logistic function σ.
    const bump = logisticBump(2 * beta)
    return {
      shape: { breaks: [theta], scale: 1 / beta, isAnalytic: true },
      evaluate: (ops, z) => ops.tanh(ops.scale(ops.shift(z, -theta), beta)),
      derivative: (ops, z) => ops.scale(bump.evaluate(ops, ops.shift(z, -theta)), 2),
      secondMoment: (pair) => tanhSecondMoment(parameters, pair),
      derivativeMoment: (pair) => tanhDerivativeMoment(parameters, pair),
      surrogateMoment: (pair, surrogate) => tanhSurrogateMoment(parameters, pair, surrogate)
    }
  }
})
