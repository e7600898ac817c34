import { z } from 'zod'
import { amplitude, threshold } from '../parameters'
import { defineSurrogate } from '../surrogate-math'
import { shiftedSurrogate } from './shifted-surrogate'

/** ψ(z) = 1: the straight-through estimator; θ is read, and changes nothing. */
export const ste = defineSurrogate({
  schema: z.strictObject({ name: z.literal('ste'), amp: amplitude, theta: threshold }),
  title: 'Straight-through estimator',
  formula: String.raw`\mathrm{amp}`,
  reference: 'Bengio, Léonard, Courville (2013), arXiv 1308.3432',
  meanFormula: String.raw`\mathrm{amp}`,
  bind: (common) => ({
    ...shiftedSurrogate(
      {
        evaluate: (ops, z) => ops.fill(z, 1),
        gaussianMean: () => 1,
        hasClosedMean: true,
        scale: Infinity,
        breaks: [],
        pieces: { value: 1, slope: 0, breaks: [] },
        area: Infinity
      },
      common
    ),
    isEven: true
  })
})
