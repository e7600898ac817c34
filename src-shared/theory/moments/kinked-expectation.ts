import { gaussLegendre, integrate } from './gauss-legendre'

/** |z| beyond which the standard normal density is below 1e-17 of its peak. */
const REACH = 8.8
/** No panel is wider than this: the density itself has to be resolved. */
const WIDEST = 0.5
const rule = gaussLegendre(20)

/**
 * E f(mean + deviation·Z), Z ~ N(0, 1), for f smooth apart from a kink at 0, around which it varies on
 * the scale `scale`: Gauss–Legendre on panels that double in width away from the kink.
 */
export function kinkedExpectation(
  f: (z: number) => number,
  mean: number,
  deviation: number,
  scale: number
): number {
  const kink = -mean / deviation
  const inside = Math.min(REACH, Math.max(-REACH, kink))
  const weighted = (z: number): number =>
    (f(mean + deviation * z) * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI)
  let total = 0
  for (const side of [-1, 1]) {
    let from = inside
    let width = Math.min(WIDEST, scale / deviation + Math.abs(inside - kink))
    while (side * from < REACH) {
      const to = side * Math.min(REACH, side * from + width)
      total += side * integrate(rule, from, to, weighted)
      from = to
      width = Math.min(WIDEST, 2 * width)
    }
  }
  return total
}
