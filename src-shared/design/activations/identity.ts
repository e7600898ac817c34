import { z } from 'zod'
import { identityMoments } from '../../theory/kernels/identity-moments'
import { defineActivation } from '../activation-math'

/** φ(z) = z: a deep linear network. */
export const identity = defineActivation({
  schema: z.strictObject({ name: z.literal('identity') }),
  title: 'Identity',
  formula: 'z',
  isStep: false,
  bind: () => ({
    evaluate: (_ops, z) => z,
    derivative: (ops, z) => ops.fill(z, 1),
    secondMoment: (pair) => pair.c,
    differenceMoment: (pair) => pair.distance,
    sumMoment: (pair) => pair.sum,
    derivativeMoment: () => 1,
    surrogateMoment: (pair, surrogate) => surrogate.gaussianMean(0, Math.sqrt(pair.b)),
    batch: identityMoments
  })
})
