import { z } from 'zod'
import {
  rectifierDerivativeMoment,
  rectifierDifferenceMoment,
  rectifierSecondMoment
} from '../../theory/moments/rectifier'
import { defineActivation, type ActivationMath } from '../activation-math'
import { finiteNumber, threshold } from '../parameters'
import { lineMoments } from './line-moments'

interface LeakyRelu {
  readonly slope: number
  readonly theta: number
}

/** z − θ above θ, slope·(z − θ) below: slope −1 is |z − θ|. */
export const leakyRelu = defineActivation({
  schema: z.strictObject({
    name: z.literal('leaky_relu'),
    slope: finiteNumber.default(0.01),
    theta: threshold
  }),
  title: 'Leaky ReLU',
  formula: String.raw`\max(0,z-\theta)+\mathrm{slope}\cdot\min(0,z-\theta)`,
  isStep: false,
  bind: leakyReluMath
})

/** The mathematics of the leaky ReLU: closed for θ = 0, one-dimensional integrals otherwise. */
export function leakyReluMath({ slope, theta }: LeakyRelu): ActivationMath {
  const onLine = lineMoments({ knots: [theta], slopes: [slope, 1], atFirstKnot: 0 })
  const pointwise: Pick<ActivationMath, 'evaluate' | 'derivative'> = {
    evaluate: (ops, z) => {
      const x = ops.shift(z, -theta)
      return ops.add(ops.scale(ops.relu(x), 1 - slope), ops.scale(x, slope))
    },
    // φ′(θ) is the mean of both sides: the derivative of a kink is a step.
    derivative: (ops, z) =>
      ops.shift(ops.scale(ops.sign(ops.shift(z, -theta)), (1 - slope) / 2), (1 + slope) / 2)
  }
  return { ...pointwise, ...onLine, ...(theta === 0 ? centredMoments(slope, onLine) : {}) }
}

/** φ = slope·z + (1 − slope) max(0, z), and E u max(0, v) = c/2. */
function centredMoments(
  slope: number,
  onLine: Pick<ActivationMath, 'surrogateMoment' | 'shape'>
): Omit<ActivationMath, 'evaluate' | 'derivative'> {
  const square = (1 - slope) ** 2
  return {
    ...(onLine.shape && { shape: { ...onLine.shape, hasClosedProducts: true } }),
    secondMoment: (pair) => slope * pair.c + square * rectifierSecondMoment(pair),
    differenceMoment: (pair) => slope * pair.distance + square * rectifierDifferenceMoment(pair),
    sumMoment: (pair) =>
      slope * pair.sum + square * ((pair.a + pair.b) / 2 + 2 * rectifierSecondMoment(pair)),
    derivativeMoment: (pair) => slope + square * rectifierDerivativeMoment(pair),
    // φ′ is its mean (1 + slope)/2 and an odd step, which an even ψ does not see.
    surrogateMoment: (pair, surrogate) =>
      surrogate.isEven || pair.a === 0
        ? ((1 + slope) / 2) * surrogate.gaussianMean(0, Math.sqrt(pair.b))
        : onLine.surrogateMoment(pair, surrogate)
  }
}
