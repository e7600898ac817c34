import { z } from 'zod'
import type { GaussianPair } from '../../theory/moments/gaussian-pair'
import { reluMoments } from '../../theory/kernels/relu-moments'
import { halfLineExpectation } from '../../theory/moments/quadrature'
import { defineActivation, type ActivationMath } from '../activation-math'

const math: ActivationMath = {
  evaluate: (ops, z) => ops.relu(z),
  // φ′(0) = ½: the derivative of a kink is a step, and steps take their mean at the jump here.
  derivative: (ops, z) => ops.shift(ops.scale(ops.sign(z), 0.5), 0.5),
  secondMoment: (pair) => {
    const root = Math.sqrt(pair.gram)
    return (root + (Math.PI - Math.atan2(root, pair.c)) * pair.c) / (2 * Math.PI)
  },
  differenceMoment: (pair) => pair.distance / 2 - tangentExcess(pair) / Math.PI,
  derivativeMoment: (pair) => (Math.PI - Math.atan2(Math.sqrt(pair.gram), pair.c)) / (2 * Math.PI),
  surrogateMoment: (pair, surrogate) => {
    if (surrogate.isEven || pair.a === 0) {
      return surrogate.gaussianMean(0, Math.sqrt(pair.b)) / 2
    }
    // Given u, v is N(cu/a, gram/a); φ′ keeps the half line u > 0.
    const slope = pair.c / Math.sqrt(pair.a)
    const deviation = Math.sqrt(pair.gram / pair.a)
    return halfLineExpectation(
      (x) => surrogate.gaussianMean(slope * x, deviation),
      surrogate.scale / Math.abs(slope)
    )
  }
}

/** max(0, z). Moments: Cho & Saul, "Kernel methods for deep learning" (2009). */
export const relu = defineActivation({
  schema: z.strictObject({ name: z.literal('relu') }),
  title: 'ReLU',
  formula: String.raw`\max(0,z)`,
  isStep: false,
  bind: () => ({ ...math, batch: reluMoments(math) })
})

/** √gram − angle·c, where tan(angle) = √gram/c: c(t − arctan t) without cancellation for small t. */
function tangentExcess({ c, gram }: GaussianPair): number {
  const root = Math.sqrt(gram)
  const t = root / c
  if (!(t > 0 && t < 0.1)) return root - Math.atan2(root, c) * c
  let power = t
  let total = 0
  for (let order = 3; order <= 17; order += 2) {
    power *= -t * t
    total -= power / order
  }
  return c * total
}
