import { z } from 'zod'
import { defineActivation, type ActivationMath } from '../activation-math'
import { threshold } from '../parameters'
import { jumpShape } from './jump-shape'
import { stepMoments } from '../../theory/kernels/step-moments'
import {
  stepDerivativeMoment,
  stepDifferenceMoment,
  stepMean,
  stepSecondMoment,
  stepSurrogateMoment
} from '../../theory/moments/smoothed-step'

/** The Heaviside step H(z − θ) = (1 + sign(z − θ))/2, with H(0) = ½. */
export const heaviside = defineActivation({
  schema: z.strictObject({ name: z.literal('heaviside'), theta: threshold }),
  title: 'Heaviside',
  formula: String.raw`H(z-\theta)`,
  isStep: true,
  bind: ({ theta }) => {
    const step = { smoothing: 0, theta }
    const math: ActivationMath = {
      evaluate: (ops, z) => ops.shift(ops.scale(ops.sign(ops.shift(z, -theta)), 0.5), 0.5),
      derivative: null,
      secondMoment: (pair) =>
        (1 + stepMean(step, pair.a) + stepMean(step, pair.b) + stepSecondMoment(step, pair)) / 4,
      differenceMoment: (pair) => stepDifferenceMoment(theta, pair) / 4,
      derivativeMoment: (pair) => stepDerivativeMoment(step, pair) / 4,
      surrogateMoment: (pair, surrogate) =>
        stepSurrogateMoment(step, pair, surrogate.gaussianMean) / 2
    }
    if (theta !== 0) return { ...math, shape: jumpShape(theta, 0, 1) }
    return { ...math, batch: stepMoments({ smoothing: 0, offset: 0.5, height: 0.5 }, math) }
  }
})
