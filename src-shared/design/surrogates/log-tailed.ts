import { z } from 'zod'
import { amplitude, finiteNumber, positiveNumber, threshold } from '../parameters'
import { defineSurrogate } from '../surrogate-math'
import { shiftedSurrogate } from './shifted-surrogate'

/** ψ(z) = α for z < 0, 1 for 0 < βz < 1, 1/(βz) beyond: the tail of a logarithm; area infinite. */
export const logTailed = defineSurrogate({
  schema: z.strictObject({
    name: z.literal('log_tailed'),
    alpha: finiteNumber.min(0, 'must not be negative').default(0),
    beta: positiveNumber.default(1),
    amp: amplitude,
    theta: threshold
  }),
  title: 'Log-tailed ReLU',
  formula: String.raw`\mathrm{amp}\cdot\begin{cases}\alpha&z<\theta\\1/\max(1,\beta(z-\theta))&z>\theta\end{cases}`,
  reference: 'Cai et al. (2017), arXiv 1702.00953',
  meanFormula: String.raw`\mathrm{amp}\left(\tfrac\alpha2+\tfrac12\operatorname{erf}x+\frac{x}{2\sqrt\pi}E_1(x^2)\right),\;x=\frac{1}{\beta s\sqrt2}`,
  bind: ({ alpha, beta, ...common }) =>
    shiftedSurrogate(
      {
        evaluate: (ops, z) => {
          const above = ops.shift(ops.scale(ops.sign(z), 0.5), 0.5)
          const tail = ops.reciprocal(ops.maximum(ops.scale(z, beta), 1))
          const below = ops.scale(ops.shift(ops.scale(above, -1), 1), alpha)
          return ops.add(ops.multiply(above, tail), below)
        },
        scale: 1 / beta,
        breaks: [0, 1 / beta],
        area: Infinity,
        isEven: false
      },
      common
    )
})
