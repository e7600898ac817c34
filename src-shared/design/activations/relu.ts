import { z } from 'zod'
import { reluMoments } from '../../theory/kernels/relu-moments'
import { defineActivation, type ActivationMath } from '../activation-math'
import { threshold } from '../parameters'
import { leakyReluMath } from './leaky-relu'

/** max(0, z − θ): the leaky ReLU of slope 0. */
export const relu = defineActivation({
  schema: z.strictObject({ name: z.literal('relu'), theta: threshold }),
  title: 'ReLU',
  formula: String.raw`\max(0,z-\theta)`,
  isStep: false,
  bind: ({ theta }) => {
    const math: ActivationMath = {
      ...leakyReluMath({ slope: 0, theta }),
      evaluate: (ops, z) => ops.relu(ops.shift(z, -theta))
    }
    return theta === 0 ? { ...math, batch: reluMoments(math) } : math
  }
})
