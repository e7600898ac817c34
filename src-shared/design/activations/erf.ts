import { z } from 'zod'
import { defineActivation, type ActivationMath } from '../activation-math'
import { positiveNumber, threshold } from '../parameters'
import { stepMoments } from '../../theory/kernels/step-moments'
import { coincidentPair } from '../../theory/moments/gaussian-pair'
import type { FirstMoments } from '../../theory/moments/sampled-series'
import {
  stepDerivativeMoment,
  stepMean,
  stepSecondMoment,
  stepSurrogateMoment
} from '../../theory/moments/smoothed-step'

/** erf(m(z − θ)), a smooth sign: m → ∞ is sign(z − θ). */
export const erf = defineActivation({
  schema: z.strictObject({ name: z.literal('erf'), m: positiveNumber, theta: threshold }),
  title: 'Error function',
  formula: String.raw`\operatorname{erf}(m(z-\theta))`,
  isStep: false,
  bind: ({ m, theta }) => {
    const step = { smoothing: 1 / (2 * m * m), theta }
    const math: ActivationMath = {
      evaluate: (ops, z) => ops.erf(ops.scale(ops.shift(z, -theta), m)),
      derivative: (ops, z) => {
        const x = ops.scale(ops.shift(z, -theta), m)
        return ops.scale(ops.exp(ops.scale(ops.multiply(x, x), -1)), (2 * m) / Math.sqrt(Math.PI))
      },
      secondMoment: (pair) => stepSecondMoment(step, pair),
      derivativeMoment: (pair) => stepDerivativeMoment(step, pair),
      surrogateMoment: (pair, surrogate) => stepSurrogateMoment(step, pair, surrogate.gaussianMean)
    }
    if (theta !== 0) {
      const slope = { area: 2, at: theta, smoothing: step.smoothing }
      const momentsAt = (variance: number): FirstMoments => ({
        mean: stepMean(step, variance),
        square: stepSecondMoment(step, coincidentPair(variance))
      })
      const shape = { breaks: [theta], scale: 1 / m, isAnalytic: true, slope, momentsAt }
      return { ...math, shape }
    }
    return {
      ...math,
      batch: stepMoments({ smoothing: step.smoothing, offset: 0, height: 1 }, math)
    }
  }
})
