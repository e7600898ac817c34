import erf from '@stdlib/math-base-special-erf'
import erfcx from '@stdlib/math-base-special-erfcx'
import type { Surrogate, SurrogateName } from '@shared/design/surrogate'
import { adaptiveIntegral } from './adaptive-quadrature'

/** M(s) as each surrogate's `meanFormula` states it at θ = 0: the TeX, written out once more. */
export const statedMeans: {
  readonly [Name in SurrogateName]?: (
    stated: Extract<Surrogate, { name: Name }>,
    s: number
  ) => number
} = {
  erf_prime: ({ m, amp }, s) =>
    (amp * 2 * m) / Math.sqrt(Math.PI) / Math.sqrt(1 + 2 * m * m * s * s),
  ste: ({ amp }) => amp,
  boxcar: ({ a, amp }, s) => amp * erf(a / (s * Math.SQRT2)),
  hard_tanh_prime: ({ m, amp }, s) => amp * m * erf(1 / (m * s * Math.SQRT2)),
  triangular: ({ a, amp }, s) => {
    const q = a / (s * Math.SQRT2)
    return (amp / a) * (erf(q) + Math.expm1(-q * q) / (q * Math.sqrt(Math.PI)))
  },
  fast_sigmoid: ({ beta, amp }, s) => amp * inverseSquareMean(beta, s),
  super_spike: ({ alpha, beta }, s) => alpha * inverseSquareMean(beta, s),
  arctan: ({ kappa, amp }, s) => {
    const x = 1 / (kappa * s * Math.SQRT2)
    return amp * Math.sqrt(Math.PI) * x * erfcx(x)
  },
  exponential: ({ alpha, beta }, s) => alpha * erfcx((beta * s) / Math.SQRT2),
  circ: ({ alpha, amp }, s) => {
    const x = (alpha * alpha) / (4 * s * s)
    return amp * Math.sqrt(2 / Math.PI) * (alpha / s) * x * besselDifference(x)
  },
  leaky: ({ slope, amp }) => (amp * (1 + slope)) / 2,
  log_tailed: ({ alpha, beta, amp }, s) => {
    const x = 1 / (beta * s * Math.SQRT2)
    return (
      amp * (alpha / 2 + erf(x) / 2 + (x / (2 * Math.sqrt(Math.PI))) * exponentialIntegral(x * x))
    )
  },
  log_abs: ({ alpha, amp }, s) =>
    (amp / s) * Math.sqrt(2 / Math.PI) * goodwinStaton(1 / (alpha * s * Math.SQRT2))
}

/** (2/√π)(p − √π p² + 2p³ G(p)), where it does not cancel; for large p the integral that it is. */
function inverseSquareMean(beta: number, s: number): number {
  const p = 1 / (beta * s * Math.SQRT2)
  if (p < 2) {
    return (
      (2 / Math.sqrt(Math.PI)) * (p - Math.sqrt(Math.PI) * p * p + 2 * p ** 3 * goodwinStaton(p))
    )
  }
  const integrand = (t: number) => Math.exp(-t * t) / (1 + t / p) ** 2
  return (2 / Math.sqrt(Math.PI)) * adaptiveIntegral(integrand, 0, 7)
}

/** G(p) = √π D(p) − ½ e^{−p²} Ei(p²) = ∫₀^∞ e^{−t²}/(t + p) dt (Goodwin & Staton 1948). */
function goodwinStaton(p: number): number {
  return adaptiveIntegral((t) => Math.exp(-t * t) / (t + p), 0, 7)
}

/** eˣ(K₁(x) − K₀(x)) = ∫₀^∞ e^{−x(cosh t − 1)} (cosh t − 1) dt. */
function besselDifference(x: number): number {
  return adaptiveIntegral(
    (t) => {
      const rise = 2 * Math.sinh(t / 2) ** 2
      return Math.exp(-x * rise) * rise
    },
    0,
    Math.acosh(1 + 45 / x)
  )
}

/** E₁(y) = ∫₀^∞ exp(−y eᵗ) dt. */
function exponentialIntegral(y: number): number {
  return adaptiveIntegral((t) => Math.exp(-y * Math.exp(t)), 0, Math.log(1 + 45 / y))
}
