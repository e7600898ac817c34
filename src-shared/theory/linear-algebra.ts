import type { Matrix } from '../design/dataset'
import { type SymmetricKernelMatrix } from './kernel-matrix'

/** Eigenvalues of a real matrix, in no particular order. */
export interface ComplexEigenvalues {
  readonly real: Float64Array
  readonly imaginary: Float64Array
}

/** Eigenvalues in rising order and orthonormal eigenvectors (columns) of a symmetric matrix. */
export interface SymmetricEigen {
  readonly values: Float64Array
  readonly vectors: Matrix
}

/** A = U diag(s) Vᵀ of a square A: s falls; U and V are orthogonal. */
export interface SingularValues {
  readonly values: Float64Array
  /** U: singular vectors are its columns. */
  readonly left: Matrix
  /** V, likewise. */
  readonly right: Matrix
}

/**
 * The float64 linear algebra that theory/ needs. It never knows who computes: the engine hands in
 * TensorFlow's kernels, the command line a library in JavaScript for small problems.
 */
export interface LinearAlgebra {
  /** op(A) op(B), op being transposition where asked for. */
  multiply(A: Matrix, B: Matrix, transpose?: { A?: boolean; B?: boolean }): Matrix
  /**
   * A⁻¹B for a symmetric positive definite A, by Cholesky; null where A is not positive definite to
   * rounding. Takes only matrices whose type says symmetric.
   */
  solveSymmetric(A: SymmetricKernelMatrix, B: Matrix): Matrix | null
  /** A⁻¹B for any square A, by LU; null where A is singular. */
  solve(A: Matrix, B: Matrix): Matrix | null
  /** Eigenvalues of any square matrix. */
  eigenvalues(A: Matrix): ComplexEigenvalues
  /** Eigendecomposition of a matrix whose type says symmetric. */
  symmetricEigen(A: SymmetricKernelMatrix): SymmetricEigen
  /** Singular value decomposition of any square matrix. */
  singularValues(A: Matrix): SingularValues
}
