import { z } from 'zod'
import { defineActivation } from '../activation-math'
import { positiveNumber, threshold } from '../parameters'
import { box } from '../surrogates/boxcar'
import { lineMoments } from './line-moments'

/** max(−1, min(1, m(z − θ))): the piecewise linear sign; m → ∞ is sign(z − θ). */
export const hardTanh = defineActivation({
  schema: z.strictObject({
    name: z.literal('hard_tanh'),
    m: positiveNumber.default(1),
    theta: threshold
  }),
  title: 'Hard tanh',
  formula: String.raw`\max(-1,\min(1,m(z-\theta)))`,
  isStep: false,
  bind: ({ m, theta }) => {
    const inside = box(1 / m)
    return {
      evaluate: (ops, z) => ops.maximum(ops.minimum(ops.scale(ops.shift(z, -theta), m), 1), -1),
      derivative: (ops, z) => ops.scale(inside.evaluate(ops, ops.shift(z, -theta)), m),
      ...lineMoments({
        knots: [theta - 1 / m, theta + 1 / m],
        slopes: [0, m, 0],
        atFirstKnot: -1
      })
    }
  }
})
