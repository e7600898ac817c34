import { gaussLegendre, integrate } from '../../theory/moments/gauss-legendre'
import { gradedPanels } from '../../theory/moments/graded-expectation'

const rule = gaussLegendre(20)
/** Tails are compared over |z| up to 10⁶, 10⁹ and 10¹². */
const REACHES = [1e6, 1e9, 1e12]

/** ∫ f over all z; Infinity where its tails keep adding. NaN of a tail, ∞ · 0 there, counts as 0. */
export function areaUnder(f: (z: number) => number, breaks: readonly number[]): number {
  const [near = NaN, middle = NaN, far = NaN] = REACHES.map((reach) => upTo(f, breaks, reach))
  if (!Number.isFinite(far)) return Infinity
  const [before, last] = [middle - near, far - middle]
  const settled = 1e-13 * Math.abs(far)
  if (Math.abs(last) <= settled) return far
  // Tails like |z|^−p add a fixed ratio each time: below 1 they converge, to a geometric sum.
  const ratio = last / before
  return ratio > 0 && ratio < 0.9 ? far + (last * ratio) / (1 - ratio) : Infinity
}

/** Over z = sinh t, which makes tails of all lengths alike. */
function upTo(f: (z: number) => number, breaks: readonly number[], reach: number): number {
  const integrand = (t: number): number => {
    const value = f(Math.sinh(t)) * Math.cosh(t)
    return Number.isNaN(value) ? 0 : value
  }
  const end = Math.asinh(reach)
  const centres = breaks.map((at) => ({ at: Math.asinh(at), width: 0.01 }))
  let total = 0
  for (const [from, to] of gradedPanels(-end, end, centres, 0.5)) {
    total += integrate(rule, from, to, integrand)
  }
  return total
}
