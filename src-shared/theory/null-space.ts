import type { Matrix } from '../design/dataset'
import type { LinearAlgebra } from './linear-algebra'
import { identityMatrix, pickColumns, rowSumNorm, transpose } from './matrix-arithmetic'

/**
 * Below this share of the largest singular value (or eigenvalue, for symmetric kernels) one counts as
 * zero: what n roundings leave of an exact zero, such as duplicate points make.
 */
export function negligibleShare(n: number): number {
  return 16 * n * Number.EPSILON
}

/** What a kernel never trains. */
export interface NullSpace {
  /** The number of zero singular values. */
  readonly dimension: number
  /**
   * Π₀ = R (LᵀR)⁻¹ Lᵀ, the spectral projector on the kernel's null space (R and L: bases of right and
   * left null vectors); null where zero is not a semisimple eigenvalue, LᵀR being singular, so that
   * there is none.
   */
  readonly projector: Matrix | null
}

/** The inverse of a matrix that has one, to rounding. */
export interface Inverse {
  readonly matrix: Matrix
  /** ‖K‖ ‖K⁻¹‖ in the ∞-norm. */
  readonly condition: number
}

/** K⁻¹ by LU; null for a matrix that is singular to rounding. */
export function inverseOf(K: Matrix, algebra: LinearAlgebra): Inverse | null {
  const matrix = algebra.solve(K, identityMatrix(K.rows))
  if (!matrix) return null
  const condition = rowSumNorm(K) * rowSumNorm(matrix)
  return condition * negligibleShare(K.rows) < 1 ? { matrix, condition } : null
}

/**
 * The null space of a square matrix, symmetric or not; null for a nonsingular one.
 *
 * Nonsingular matrices are recognised by their inverse, which is cheap; only others are decomposed.
 */
export function nullSpace(
  K: Matrix,
  algebra: LinearAlgebra,
  inverse = inverseOf(K, algebra)
): NullSpace | null {
  if (inverse) return null
  const n = K.rows
  const { values, left, right } = algebra.singularValues(K)
  const limit = negligibleShare(n) * (values[0] ?? 0)
  const zeros = Array.from(values.keys()).filter((i) => (values[i] ?? 0) <= limit)
  if (zeros.length === 0) return null
  const L = pickColumns(left, zeros)
  const R = pickColumns(right, zeros)
  const overlap = algebra.multiply(L, R, { A: true })
  const inverseOverlap = algebra.solve(overlap, identityMatrix(zeros.length))
  const semisimple = inverseOverlap && rowSumNorm(inverseOverlap) < SEMISIMPLE_LIMIT
  return {
    dimension: zeros.length,
    projector: semisimple
      ? algebra.multiply(R, algebra.multiply(inverseOverlap, transpose(L)))
      : null
  }
}

/** ‖(LᵀR)⁻¹‖ beyond which left and right null vectors are orthogonal to rounding. */
const SEMISIMPLE_LIMIT = 1e7
