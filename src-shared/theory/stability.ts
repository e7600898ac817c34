import type { Matrix } from '../design/dataset'
import { isSymmetric, type KernelMatrix, type SymmetricKernelMatrix } from './kernel-matrix'
import type { ComplexEigenvalues, LinearAlgebra } from './linear-algebra'
import { asymmetry, combine, transpose } from './matrix-arithmetic'
import { negligibleShare } from './null-space'

/** What the eigenvalues of a kernel K(X, X) say of training under it. */
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

/** Everything that the lab says of training under a kernel. */
export interface StabilityReport extends Stability {
  readonly eigenvalues: ComplexEigenvalues
  /** Every λ is zero to rounding or has a positive real part: gradient flow comes to an end. */
  readonly stable: boolean
  /** Some λ is zero to rounding: that component is never trained. */
  readonly singular: boolean
  /** σmax / σmin, singular values; Infinity for a singular kernel. */
  readonly conditionNumber: number
  /** ‖K − Kᵀ‖ / ‖K‖. */
  readonly asymmetry: number
  /**
   * τ = η·t (or η·k, small steps) after which the slowest trained component is down to 1 %:
   * ln 100 / min Re λ; Infinity where one grows.
   */
  readonly convergenceTime: number
  /**
   * The least ridge ρ with which every component converges and the fastest is at most 10⁸ times as
   * fast as the slowest, which leaves a solve half of the digits: |λ|max·10⁻⁸ − min Re λ, or 0.
   */
  readonly suggestedRidge: number
}

/**
 * Eigenvalues of so many points take TensorFlow about a second, in one piece and growing as N³: whoever
 * has to answer meanwhile leaves those of more out.
 */
export const EIGENVALUE_LIMIT = 1000

/** How much faster the fastest component may be where no ridge is suggested. */
const RATE_RATIO = 1e8

/**
 * Which step sizes train stably under a kernel K(X, X), symmetric or not. A kernel with infinite
 * entries, such as the NTK of a step activation, trains stably with none, and has no eigenvalues.
 */
export function stability(kernel: KernelMatrix, algebra: LinearAlgebra): Stability {
  if (!kernel.values.every(Number.isFinite)) {
    return { maximumStepSize: 0, smallestRealPart: NaN, spectralRatio: Infinity }
  }
  return stabilityOf(spectrum(kernel, algebra))
}

/** Eigenvalues and what follows from them; O(N³) with a large constant, and not interruptible. */
export function stabilityReport(kernel: KernelMatrix, algebra: LinearAlgebra): StabilityReport {
  const eigenvalues = spectrum(kernel, algebra)
  const { real } = eigenvalues
  const sizes = moduli(eigenvalues)
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0)
  const idle = sizes.map((size) => Number(size <= negligibleShare(kernel.rows) * largest))
  const slowest = real.reduce(
    (least, re, i) => (idle[i] === 1 ? least : Math.min(least, re)),
    Infinity
  )
  const singular = idle.includes(1)
  const { values } = algebra.singularValues(kernel)
  const [most = NaN, least = NaN] = [values[0], values.at(-1)]
  const limits = stabilityOf(eigenvalues)
  return {
    ...limits,
    eigenvalues,
    stable: slowest > 0,
    singular,
    conditionNumber: singular ? Infinity : most / least,
    asymmetry: asymmetry(kernel),
    convergenceTime: slowest > 0 ? Math.log(100) / slowest : Infinity,
    suggestedRidge: Math.max(0, largest / RATE_RATIO - limits.smallestRealPart)
  }
}

/**
 * Whether every eigenvalue has a positive real part. A positive definite symmetric part proves it
 * without the eigenvalues, which are computed only where that fails.
 */
export function spectrumInRightHalfPlane(K: Matrix, algebra: LinearAlgebra): boolean {
  const symmetricPart: SymmetricKernelMatrix = {
    ...combine(0.5, K, 0.5, transpose(K)),
    kind: 'sgNtk',
    symmetric: true
  }
  const nothing: Matrix = { values: new Float64Array(K.rows), rows: K.rows, columns: 1 }
  if (algebra.solveSymmetric(symmetricPart, nothing)) return true
  const { real } = algebra.eigenvalues(K)
  return real.every((re) => re > 0)
}

function spectrum(kernel: KernelMatrix, algebra: LinearAlgebra): ComplexEigenvalues {
  if (!isSymmetric(kernel)) return algebra.eigenvalues(kernel)
  return {
    real: algebra.symmetricEigen(kernel).values,
    imaginary: new Float64Array(kernel.rows)
  }
}

function moduli({ real, imaginary }: ComplexEigenvalues): Float64Array {
  return real.map((re, i) => Math.hypot(re, imaginary[i] ?? NaN))
}

function stabilityOf(eigenvalues: ComplexEigenvalues): Stability {
  const { real } = eigenvalues
  const sizes = moduli(eigenvalues)
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0)
  let maximumStepSize = Infinity
  real.forEach((re, i) => {
    const size = sizes[i] ?? 0
    if (size <= negligibleShare(real.length) * largest) return
    maximumStepSize = Math.min(maximumStepSize, Math.max(0, (2 * re) / (size * size)))
  })
  return {
    maximumStepSize,
    smallestRealPart: real.reduce((a, b) => Math.min(a, b), Infinity),
    spectralRatio: largest / sizes.reduce((a, b) => Math.min(a, b), Infinity)
  }
}
