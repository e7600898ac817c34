import type { Matrix } from '../design/dataset'
import type { LinearAlgebra } from './linear-algebra'
import { combine, identityMatrix } from './matrix-arithmetic'

/**
 * The linear recursion of k steps of gradient descent in function space.
 *
 * With the loss ½ Σ (f − y)² and step size η: f_k(X) = y + P_k (f₀(X) − y) and
 * f_k(T) = f₀(T) − K(T,X) Φ_k (f₀(X) − y), where P_k = (1 − ηK)^k and Φ_k = η Σ_{j<k} (1 − ηK)^j.
 * Φ_k equals K⁻¹(1 − P_k) where K is invertible, but exists and is computed for any K.
 */
export interface Propagator {
  /** P_k, N×N. */
  readonly residual: Matrix
  /** Φ_k, N×N. */
  readonly response: Matrix
}

/**
 * Propagators at rising step counts, by repeated squaring:
 * P_{i+j} = P_i P_j and Φ_{i+j} = Φ_i + P_i Φ_j. Right for asymmetric and singular kernels alike:
 * nothing is factored or inverted.
 *
 * @param kernel K(X, X), N×N; need not be symmetric
 * @param stepSize η
 * @param steps rising step counts
 */
export function* propagators(
  kernel: Matrix,
  stepSize: number,
  steps: readonly number[],
  algebra: LinearAlgebra
): Generator<Propagator> {
  const unit = identityMatrix(kernel.rows)
  const join = (first: Propagator, second: Propagator): Propagator => ({
    residual: algebra.multiply(first.residual, second.residual),
    response: combine(1, first.response, 1, algebra.multiply(first.residual, second.response))
  })
  /** Propagators of 1, 2, 4, … steps. */
  const powers: Propagator[] = [
    { residual: combine(1, unit, -stepSize, kernel), response: combine(stepSize, unit, 0, unit) }
  ]
  const powerOfTwo = (exponent: number): Propagator => {
    const known = powers[exponent]
    if (known) return known
    const half = powerOfTwo(exponent - 1)
    return (powers[exponent] = join(half, half))
  }

  let done = 0
  let current: Propagator = { residual: unit, response: combine(0, unit, 0, unit) }
  for (const step of steps) {
    if (step < done) throw new RangeError('steps must rise')
    let left = step - done
    for (let exponent = 0; left > 0; exponent++, left = Math.floor(left / 2)) {
      if (left % 2 === 1) current = join(current, powerOfTwo(exponent))
    }
    done = step
    yield current
  }
}

/** The smallest of max η, and what limits it. */
export interface Stability {
  /**
   * The largest step size for which |1 − ηλ| < 1 for every eigenvalue λ: min 2 Re λ / |λ|².
   * 0 where an eigenvalue has a negative real part: no step size is stable.
   */
  readonly maximumStepSize: number
  /** min Re λ. */
  readonly smallestRealPart: number
  /** |λ|max / |λ|min; Infinity for a singular kernel. Bounds the condition number from below. */
  readonly spectralRatio: number
}

/** Eigenvalues smaller than this share of the largest count as zero: such components are never trained. */
const NEGLIGIBLE = 1e-13

/** Which step sizes train stably under a kernel K(X, X), symmetric or not. */
export function stability(kernel: Matrix, algebra: LinearAlgebra): Stability {
  const { real, imaginary } = algebra.eigenvalues(kernel)
  const sizes = real.map((re, i) => Math.hypot(re, imaginary[i] ?? 0))
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0)
  let maximumStepSize = Infinity
  let smallestRealPart = Infinity
  real.forEach((re, i) => {
    const size = sizes[i] ?? 0
    smallestRealPart = Math.min(smallestRealPart, re)
    if (size <= NEGLIGIBLE * largest) return
    maximumStepSize = Math.min(maximumStepSize, Math.max(0, (2 * re) / (size * size)))
  })
  const smallest = sizes.reduce((a, b) => Math.min(a, b), Infinity)
  return { maximumStepSize, smallestRealPart, spectralRatio: largest / smallest }
}
