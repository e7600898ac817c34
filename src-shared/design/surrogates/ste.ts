import { z } from 'zod'
import { defineSurrogate } from '../surrogate-math'

/** ψ(z) = 1: the straight-through estimator. */
export const ste = defineSurrogate({
  schema: z.strictObject({ name: z.literal('ste') }),
  title: 'Straight-through estimator',
  formula: '1',
  reference: 'Bengio, Léonard, Courville (2013), arXiv 1308.3432',
  bind: () => ({
    evaluate: (ops, z) => ops.fill(z, 1),
    gaussianMean: () => 1,
    scale: Infinity,
    area: Infinity,
    isEven: true
  })
})
