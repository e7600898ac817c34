import { surrogateMath, type Surrogate } from '../design/surrogate'
import { sign } from '../design/activations/sign'
import { activationMath, type Activation } from '../design/activation'
import type { GaussianPair } from './moments/gaussian-pair'

/** How a surrogate enters one layer of the kernel, over the correlation of two inputs. */
export interface SurrogateProfile {
  /** ρ, from the caller. */
  readonly correlation: Float64Array
  /** s, the deviation of v given u = 0: s² = (ab − c²)/a. */
  readonly deviation: Float64Array
  /** M(s) = E ψ(sZ), which is all that a step activation's kernel sees of ψ. */
  readonly mean: Float64Array
  /** √(2/π)/s · area/2: M of an infinitely sharp ψ of the same area; +∞ at s = 0. */
  readonly singularMean: Float64Array
  /**
   * k(s) = (2/π)(area/(2M(s)))² − s²: the variance of the Gaussian noise on the training point's
   * pre-activation that would regularise like ψ, M(s) = (area/2)√(2/π)(s² + k)^(−1/2). It is 1/(2m²)
   * at every s for erf_m′; +∞ where ψ has no finite area.
   */
  readonly noise: Float64Array
  /** E φ′(u)φ′(v) and E φ′(u)ψ(v) of the activation, and the former of sign; may be +∞. */
  readonly trueFactor: Float64Array
  readonly surrogateFactor: Float64Array
  readonly singularFactor: Float64Array
}

/**
 * The regularisation result for one layer: the kernel of sign has the singular factor
 * (2/π)(ab − c²)^(−1/2), and a surrogate puts (2/√(2πa)) M(s) in its place. For erf_m′ that is
 * (2/π)((ab − c²) + a/(2m²))^(−1/2): the same with the term a·k added, where a = S(x, x) is the
 * variance at the test point (arXiv 2405.15539; docs/maths.md, "How a surrogate regularises").
 *
 * @param activation φ; its factors are beside those of sign
 * @param surrogate ψ without shift enters M and k; its shift enters the factors
 * @param variance a = b > 0, of the pre-activations of both inputs
 * @param correlation ρ in [−1, 1], c = ρ·a
 */
export function surrogateProfile(
  activation: Activation,
  surrogate: Surrogate,
  variance: number,
  correlation: Float64Array
): SurrogateProfile {
  const psi = surrogateMath(surrogate)
  const phi = activationMath(activation)
  const step = sign.bind({ name: 'sign', theta: 0 })
  const pairs = Array.from(correlation, (rho) => correlatedPair(variance, rho))
  const deviation = Float64Array.from(pairs, ({ gram, a }) => Math.sqrt(gram / a))
  const center = surrogate.theta
  const mean = deviation.map((s) => psi.gaussianMean(center, s))
  return {
    correlation,
    deviation,
    mean,
    singularMean: deviation.map((s) => (psi.area / 2) * (Math.sqrt(2 / Math.PI) / s)),
    noise: deviation.map((s, i) =>
      Number.isFinite(psi.area)
        ? (2 / Math.PI) * (psi.area / (2 * (mean[i] ?? NaN))) ** 2 - s * s
        : Infinity
    ),
    trueFactor: Float64Array.from(pairs, (pair) => phi.derivativeMoment(pair)),
    surrogateFactor: Float64Array.from(pairs, (pair) => phi.surrogateMoment(pair, psi)),
    singularFactor: Float64Array.from(pairs, (pair) => step.derivativeMoment(pair))
  }
}

/** Two inputs of equal variance and correlation ρ: ab − c² = a²(1 − ρ)(1 + ρ). */
function correlatedPair(a: number, rho: number): GaussianPair {
  return {
    a,
    b: a,
    c: rho * a,
    gram: a * a * (1 - rho) * (1 + rho),
    distance: 2 * a * (1 - rho),
    sum: 2 * a * (1 + rho)
  }
}
