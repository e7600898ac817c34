import { z } from 'zod'
import { activationMath, activationSchema } from '../../activation'
import { numberElementwise } from '../../number-elementwise'
import { normalTarget } from '../draw'

/** A random network of one hidden layer as target function. */
export const teacherTarget = z.strictObject({
  name: z.literal('teacher'),
  width: z.int('width must be a whole number').min(1).max(1000),
  activation: activationSchema
})

/**
 * f(x) = (1/√n) Σᵢ aᵢ φ(wᵢ·x) with a, w ~ N(0, 1) drawn from the seed, n the teacher's width.
 *
 * @returns f on points of `dimension` coordinates
 */
export function teacherFunction(
  { width, activation }: z.infer<typeof teacherTarget>,
  dimension: number,
  seed: number
): (point: Float64Array) => number {
  const { evaluate } = activationMath(activation)
  const weights = normalTarget(seed, 1, width * dimension)
  const outer = normalTarget(seed, 2, width)
  return (point) => {
    let sum = 0
    for (let unit = 0; unit < width; unit++) {
      let preactivation = 0
      for (let i = 0; i < dimension; i++) {
        preactivation += (weights[unit * dimension + i] ?? NaN) * (point[i] ?? NaN)
      }
      sum += (outer[unit] ?? NaN) * evaluate(numberElementwise, preactivation)
    }
    return sum / Math.sqrt(width)
  }
}
