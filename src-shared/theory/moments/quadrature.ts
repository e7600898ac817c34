import type { GaussianPair } from './gaussian-pair'
import { gaussLegendre, integrate } from './gauss-legendre'

/**
 * Gaussian expectations of smooth functions by the trapezoidal rule, which converges geometrically
 * for functions that are analytic around the real axis. Gauss–Hermite does poorly there: the poles of
 * tanh at ±iπ/2 spoil it.
 */

/** |z| beyond which the standard normal density is below 1e-17 of its peak. */
const REACH = 8.8
/** Halving stops when two successive values agree to this relative accuracy. */
const TOLERANCE = 1e-13
const MAXIMUM_HALVINGS = 12

const INVERSE_ROOT_TWO_PI = 1 / Math.sqrt(2 * Math.PI)
const panelRule = gaussLegendre(16)

/**
 * E f(Z) for Z ~ N(0, 1).
 *
 * @param finest the narrowest scale on which f varies: the first spacing never steps over it
 */
export function gaussianExpectation(f: (z: number) => number, finest: number): number {
  let step = Math.min(0.5, finest / 2)
  let count = Math.ceil(REACH / step)
  let sum = weighted(f, 0)
  for (let i = 1; i <= count; i++) sum += weighted(f, i * step) + weighted(f, -i * step)
  let value = sum * step
  for (let halving = 0; halving < MAXIMUM_HALVINGS; halving++) {
    // The points between the old ones: together they are the rule with half the step.
    for (let i = 0; i < count; i++) {
      const z = (i + 0.5) * step
      sum += weighted(f, z) + weighted(f, -z)
    }
    step /= 2
    count *= 2
    const finer = sum * step
    const settled = Math.abs(finer - value) <= TOLERANCE * Math.abs(finer)
    value = finer
    if (settled) break
  }
  return value
}

function weighted(f: (z: number) => number, z: number): number {
  return f(z) * Math.exp((-z * z) / 2) * INVERSE_ROOT_TWO_PI
}

/**
 * E f(u) g(v) for a Gaussian pair and f, g analytic in the strip |Im z| < `strip`.
 *
 * Two-dimensional trapezoidal rule in the independent coordinates u = √a x and
 * v = (c/√a) x + √(gram/a) y. The step h makes the error exp(−2π·strip/(h·√max(a,b))) smaller than
 * rounding.
 */
export function smoothPairExpectation(
  pair: GaussianPair,
  f: (u: number) => number,
  g: (v: number) => number,
  strip: number
): number {
  const { a, b, c, gram } = pair
  if (a === 0) return f(0) * gaussianExpectation((z) => g(Math.sqrt(b) * z), strip / Math.sqrt(b))
  const scale = Math.sqrt(Math.max(a, b))
  const step = Math.min(0.5, (0.15 * strip) / scale)
  const count = Math.ceil(REACH / step)
  const rootA = Math.sqrt(a)
  const slope = c / rootA
  const deviation = Math.sqrt(gram / a)
  let total = 0
  for (let i = -count; i <= count; i++) {
    const x = i * step
    const outer = f(rootA * x) * Math.exp((-x * x) / 2)
    if (outer === 0) continue
    let inner = 0
    if (deviation === 0) {
      inner = g(slope * x) / (step * INVERSE_ROOT_TWO_PI)
    } else {
      for (let j = -count; j <= count; j++) {
        const y = j * step
        inner += g(slope * x + deviation * y) * Math.exp((-y * y) / 2)
      }
    }
    total += outer * inner
  }
  return total * step * step * INVERSE_ROOT_TWO_PI * INVERSE_ROOT_TWO_PI
}

/**
 * E f(Z) 1{Z > 0} for Z ~ N(0, 1) and f smooth on the half line: Gauss–Legendre panels, halved until
 * two successive values agree.
 *
 * @param finest the narrowest scale on which f varies: no panel is wider than 4 of it
 */
export function halfLineExpectation(f: (z: number) => number, finest: number): number {
  let value = NaN
  let panels = Math.max(4, Math.ceil(REACH / (4 * finest)))
  for (let halving = 0; halving < MAXIMUM_HALVINGS; halving++, panels *= 2) {
    let finer = 0
    for (let panel = 0; panel < panels; panel++) {
      const width = REACH / panels
      finer += integrate(panelRule, panel * width, (panel + 1) * width, (z) => weighted(f, z))
    }
    if (Math.abs(finer - value) <= TOLERANCE * Math.abs(finer)) return finer
    value = finer
  }
  return value
}
