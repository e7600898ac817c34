import { LabError } from '../../protocol/errors'
import { gaussLegendre, integrate } from './gauss-legendre'
import { nearestBreak } from './graded-expectation'

/** |z| beyond which the standard normal density is below 1e-17 of its peak. */
const REACH = 8.8
/** For functions that are exact to rounding. */
const TOLERANCE = 1e-12
/** Panels beside a break start at this distance from it, in the units of f's argument. */
const NEAREST = 0.01
/** An estimated error above this share of the whole is refused. */
const ACCEPTED = 1e-8
/** Of f's level at its breaks: smaller means are held to this instead of themselves. */
const FLOOR = 1e-3
const MOST_PANELS = 4000
const rule = gaussLegendre(16)

/**
 * E f(mean + deviation·Z), Z ~ N(0, 1), for an f of which only its breaks are known: 16-point
 * Gauss–Legendre panels, halved where the halves and the whole differ. Users' formulas need that: nobody
 * states on which scale they vary, and their error has to be estimated. Where the scale is known,
 * expectationOver (graded-expectation.ts) takes a tenth of the values and has nothing to estimate.
 *
 * @param deviation above 0
 * @param tolerance panels are halved until each changes by less than this share of the whole
 * @throws LabError where the estimated error stays above 1e-8 of E |f|
 */
export function adaptiveExpectation(
  f: (z: number) => number,
  mean: number,
  deviation: number,
  breaks: readonly number[],
  tolerance = TOLERANCE
): number {
  // Batches ask for pairs without a deviation too, and set those aside afterwards.
  if (!Number.isFinite(mean) || !Number.isFinite(deviation)) return NaN
  const nearest = nearestBreak(breaks, mean)
  // Out of the Gaussian's reach a break is no place to start from.
  const origin = Math.abs(nearest - mean) > 1e6 * deviation ? mean : nearest
  const shift = (mean - origin) / deviation
  const weighted = (x: number): number =>
    f(origin + deviation * x) * Math.exp(-((x - shift) ** 2) / 2)
  // Values far below f's largest are differences that its own rounding spoils.
  const floor = FLOOR * Math.max(0, ...breaks.map((at) => levelAround(f, at)))
  const edges = edgesAround(
    breaks.map((at) => (at - origin) / deviation),
    NEAREST / deviation,
    shift
  )
  const open = edges.slice(1).map((to, i) => {
    const from = edges[i] ?? to
    return { from, to, value: integrate(rule, from, to, weighted) }
  })
  let magnitude = open.reduce((sum, { value }) => sum + Math.abs(value), 0)
  let [total, error, panels] = [0, 0, 0]
  for (let panel = open.pop(); panel; panel = open.pop()) {
    const { from, to, value } = panel
    const middle = (from + to) / 2
    const left = integrate(rule, from, middle, weighted)
    const right = integrate(rule, middle, to, weighted)
    const change = Math.abs(left + right - value)
    panels++
    const isTiny = to - from < 1e-12 * Math.abs(middle)
    const settled = isTiny || change <= tolerance * Math.max(magnitude, floor)
    if (settled || panels > MOST_PANELS) {
      total += left + right
      error += change
    } else {
      open.push({ from, to: middle, value: left }, { from: middle, to, value: right })
      magnitude += Math.max(0, Math.abs(left) + Math.abs(right) - Math.abs(value))
    }
  }
  // NaN is refused too.
  if (!(error <= ACCEPTED * Math.max(magnitude, floor) + Number.MIN_VALUE)) {
    throw new LabError(
      'invalid-request',
      `the formula’s Gaussian mean at ${mean} ± ${deviation} has an estimated relative error of ` +
        `${(error / magnitude).toExponential(1)} by quadrature: use a smoother formula`
    )
  }
  return total / Math.sqrt(2 * Math.PI)
}

/** Even panels, cut at the breaks, and beside each at distances that grow from the nearest. */
function edgesAround(breaks: readonly number[], nearest: number, shift: number): number[] {
  const [first, last] = [shift - REACH, shift + REACH]
  const edges = [first, shift - REACH / 2, shift, shift + REACH / 2, last]
  for (const at of breaks) {
    if (at <= first || at >= last) continue
    edges.push(at)
    for (let distance = nearest; distance < REACH; distance *= 8) {
      edges.push(at - distance, at + distance)
    }
  }
  return edges.filter((edge) => edge >= first && edge <= last).sort((x, y) => x - y)
}

/** |f| at a break and about it, the smallest: a pole does not count. */
function levelAround(f: (z: number) => number, at: number): number {
  return Math.min(...[at - NEAREST, at, at + NEAREST].map((z) => Math.abs(f(z))))
}
