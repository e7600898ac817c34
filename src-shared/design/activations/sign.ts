import { z } from 'zod'
import { defineActivation, type ActivationMath } from '../activation-math'
import { threshold } from '../parameters'
import { jumpShape } from './jump-shape'
import { stepMoments } from '../../theory/kernels/step-moments'
import {
  stepDerivativeMoment,
  stepDifferenceMoment,
  stepSecondMoment,
  stepSumMoment,
  stepSurrogateMoment
} from '../../theory/moments/smoothed-step'

/** sign(z − θ), with sign(0) = 0. */
export const sign = defineActivation({
  schema: z.strictObject({ name: z.literal('sign'), theta: threshold }),
  title: 'Sign',
  formula: String.raw`\operatorname{sign}(z-\theta)`,
  isStep: true,
  bind: ({ theta }) => {
    const step = { smoothing: 0, theta }
    const math: ActivationMath = {
      evaluate: (ops, z) => ops.sign(ops.shift(z, -theta)),
      derivative: null,
      secondMoment: (pair) =>
        theta === 0 && (pair.a === 0 || pair.b === 0) ? 0 : stepSecondMoment(step, pair),
      differenceMoment: (pair) => stepDifferenceMoment(theta, pair),
      ...(theta === 0 ? { sumMoment: stepSumMoment } : {}),
      derivativeMoment: (pair) => stepDerivativeMoment(step, pair),
      surrogateMoment: (pair, surrogate) => stepSurrogateMoment(step, pair, surrogate.gaussianMean)
    }
    if (theta !== 0) return { ...math, shape: jumpShape(theta, -1, 2) }
    return { ...math, batch: stepMoments({ smoothing: 0, offset: 0, height: 1 }, math) }
  }
})
