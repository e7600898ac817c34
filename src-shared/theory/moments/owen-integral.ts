import { gaussLegendre, integrate } from './gauss-legendre'

const rule = gaussLegendre(64)
const panelRule = gaussLegendre(20)
const one = (): number => 1

/**
 * ∫ of exp(−(h² − 2hq sin t + q²)/(2cos²t)) weight(t) over t from 0 to `angle`.
 *
 * Up to 1/(2π) it is the way of P(u < h, v < q) from correlation 0 to sin(angle) (Owen 1956; Drezner &
 * Wesolowsky 1990).
 *
 * @param angle within [−1, 1]: closer to ±π/2 the integrand is too sharp, see owenFromPole
 */
export function owenFromZero(
  h: number,
  q: number,
  angle: number,
  weight: (t: number) => number = one
): number {
  return integrate(rule, 0, angle, (t) => weight(t) * owenIntegrand(h, q, 1, Math.PI / 2 - t))
}

/**
 * The same integrand over the angles between correlation `side` (±1) and the angle `far` away from
 * it, positive; `weight` is a function of the distance from that pole.
 *
 * The integrand falls to 0 within about |h ∓ q| of the pole, so the panels halve in width towards it
 * until that scale is resolved and the rest is below rounding.
 */
export function owenFromPole(
  h: number,
  q: number,
  side: number,
  far: number,
  weight: (t: number) => number = one
): number {
  const f = (t: number): number => weight(t) * owenIntegrand(h, q, side, t)
  const gap = Math.abs(h - side * q)
  if (gap === 0) return integrate(rule, 0, far, f)
  let total = 0
  for (let end = far; end > 0.1 * gap; end /= 2) total += integrate(panelRule, end / 2, end, f)
  return total
}

/** The integrand at correlation side·cos t, written so that nothing cancels near the pole t = 0. */
function owenIntegrand(h: number, q: number, side: number, t: number): number {
  const sin = Math.sin(t)
  const gap = h - side * q
  const first = gap === 0 ? 0 : (gap * gap) / (2 * sin * sin)
  if (first === Infinity) return 0
  return Math.exp(-first - (side * h * q) / (1 + Math.cos(t)))
}
