import { gaussLegendre, integrate } from './gauss-legendre'

/** Where an integrand has a kink or a jump, or around which it varies fastest. */
export interface Centre {
  readonly at: number
  /** The scale on which it varies there; the distance of its nearest pole, where it has one. */
  readonly width: number
}

/** |z| beyond which the standard normal density is below 1e-17 of its peak. */
const REACH = 8.8
/** No panel is wider: 20 points resolve the density itself on wider ones yet. */
const WIDEST = 2.5
const rule = gaussLegendre(20)

/**
 * ∫ f over [from, to] for f smooth but at the centres: Gauss–Legendre with 20 points on graded panels.
 *
 * @param widest no panel is wider than this
 */
export function gradedIntegral(
  f: (x: number) => number,
  from: number,
  to: number,
  centres: readonly Centre[],
  widest = Infinity
): number {
  let total = 0
  for (const [start, end] of gradedPanels(from, to, centres, widest)) {
    total += integrate(rule, start, end, f)
  }
  return total
}

/** Panels that end at every centre and are never wider than its width plus their distance from it. */
export function* gradedPanels(
  from: number,
  to: number,
  centres: readonly Centre[],
  widest: number
): Generator<readonly [number, number]> {
  let start = from
  while (start < to) {
    // Where the panel is below rounding, so is what it holds: step over it.
    const step = Math.max(panelWidth(start, centres, widest), Math.abs(start) * Number.EPSILON)
    const end = Math.min(to, start + step)
    yield [start, end]
    start = end
  }
}

function panelWidth(start: number, centres: readonly Centre[], widest: number): number {
  let width = widest
  for (const { at, width: narrowest } of centres) {
    const ahead = at - start
    if (ahead <= 0) width = Math.min(width, narrowest - ahead)
    // Up to the centre itself once it is within its own width, and towards it before.
    else width = Math.min(width, ahead <= narrowest ? ahead : (narrowest + ahead) / 2)
  }
  return width
}

/** E f(Z), Z ~ N(0, 1), for f smooth but at the centres. */
export function gradedExpectation(
  f: (z: number) => number,
  centres: readonly Centre[],
  widest = WIDEST
): number {
  const weighted = (z: number): number => f(z) * Math.exp((-z * z) / 2)
  const total = gradedIntegral(weighted, -REACH, REACH, centres, Math.min(widest, WIDEST))
  return total / Math.sqrt(2 * Math.PI)
}

/**
 * E f(mean + deviation·Z), Z ~ N(0, 1), for f smooth but at `breaks`, around which it varies on the
 * scale `scale`: the panels are known beforehand. adaptive-expectation.ts finds them where that scale is
 * only estimated.
 *
 * @param deviation above 0
 * @param period where f varies far from its breaks too: the width up to which 20 points resolve it
 */
export function expectationOver(
  f: (z: number) => number,
  mean: number,
  deviation: number,
  breaks: readonly number[],
  scale: number,
  period = Infinity
): number {
  const width = scale / deviation
  const widest = Math.min(WIDEST, period / deviation)
  const origin = nearestBreak(breaks, mean)
  const shift = (mean - origin) / deviation
  if (Math.abs(shift) > 1e6) {
    // The breaks are out of the Gaussian's reach.
    return gradedExpectation((z) => f(mean + deviation * z), [{ at: -shift, width }], widest)
  }
  const centres = breaks.map((at) => ({ at: (at - origin) / deviation, width }))
  const weighted = (y: number): number =>
    f(origin + deviation * y) * Math.exp(-((y - shift) ** 2) / 2)
  const total = gradedIntegral(weighted, shift - REACH, shift + REACH, centres, widest)
  return total / Math.sqrt(2 * Math.PI)
}

/** The break nearest the mean: coordinates that start there keep the digits of a spike. */
export function nearestBreak(breaks: readonly number[], mean: number): number {
  return breaks.reduce(
    (best, at) => (Math.abs(at - mean) < Math.abs(best - mean) ? at : best),
    breaks[0] ?? mean
  )
}
