import { z } from 'zod'
import { gaussianExpectation, smoothPairExpectation } from '../../theory/moments/quadrature'
import { defineActivation } from '../activation-math'

/** Distance of the poles of tanh from the real axis. */
const STRIP = Math.PI / 2

/** tanh(z): no closed moments; quadrature to rounding (docs/maths.md). */
export const tanh = defineActivation({
  schema: z.strictObject({ name: z.literal('tanh') }),
  title: 'Hyperbolic tangent',
  formula: String.raw`\tanh(z)`,
  isStep: false,
  bind: () => ({
    evaluate: (ops, z) => ops.tanh(z),
    derivative: (ops, z) => {
      const value = ops.tanh(z)
      return ops.shift(ops.scale(ops.multiply(value, value), -1), 1)
    },
    secondMoment: (pair) => smoothPairExpectation(pair, Math.tanh, Math.tanh, STRIP),
    derivativeMoment: (pair) => smoothPairExpectation(pair, tanhDerivative, tanhDerivative, STRIP),
    surrogateMoment: (pair, surrogate) => {
      if (pair.a === 0) return surrogate.gaussianMean(0, Math.sqrt(pair.b))
      // Given u, v is N(cu/a, gram/a), so one dimension is left.
      const rootA = Math.sqrt(pair.a)
      const slope = pair.c / rootA
      const deviation = Math.sqrt(pair.gram / pair.a)
      return gaussianExpectation(
        (x) => tanhDerivative(rootA * x) * surrogate.gaussianMean(slope * x, deviation),
        Math.min(1 / rootA, surrogate.scale / Math.abs(slope))
      )
    }
  })
})

/** tanh′(z) = 1 − tanh² z. */
function tanhDerivative(z: number): number {
  const value = Math.tanh(z)
  return 1 - value * value
}
