import erfc from '@stdlib/math-base-special-erfc'
import { z } from 'zod'
import { amplitude, finiteNumber, threshold } from '../parameters'
import { defineSurrogate } from '../surrogate-math'
import { shiftedSurrogate } from './shifted-surrogate'

/** ψ(z) = 1 for z > 0, `slope` for z < 0: the derivative of a leaky ReLU; its area is infinite. */
export const leaky = defineSurrogate({
  schema: z.strictObject({
    name: z.literal('leaky'),
    slope: finiteNumber.default(0.1),
    amp: amplitude,
    theta: threshold
  }),
  title: 'Leaky',
  formula: String.raw`\mathrm{amp}\cdot\begin{cases}1&z>\theta\\\mathrm{slope}&z<\theta\end{cases}`,
  reference: 'Eshraghian et al. (2023), snnTorch, Proceedings of the IEEE 111',
  meanFormula: String.raw`\mathrm{amp}\cdot\frac{1+\mathrm{slope}}{2}`,
  bind: ({ slope, ...common }) =>
    shiftedSurrogate(
      {
        evaluate: (ops, z) => ops.shift(ops.scale(ops.sign(z), (1 - slope) / 2), (1 + slope) / 2),
        gaussianMean: (mean, deviation) => {
          const x = mean / (deviation * Math.SQRT2)
          return (erfc(-x) + slope * erfc(x)) / 2
        },
        hasClosedMean: true,
        scale: Infinity,
        pieces: { value: slope, slope: 0, breaks: [{ at: 0, jump: 1 - slope, kink: 0 }] },
        area: Infinity,
        isEven: slope === 1
      },
      common
    )
})
