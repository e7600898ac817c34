import type { Matrix } from '@shared/design/dataset'
import type {
  ComplexEigenvalues,
  LinearAlgebra,
  SingularValues,
  SymmetricEigen
} from '@shared/theory/linear-algebra'
import type { TensorFlowBinding } from '../tensorflow'
import { NativeFloat64, type TensorId } from './native-matrix'

/** A lower triangular factor L with L Lᵀ = A. */
export type CholeskyFactor = Matrix

/** Elementwise functions that TensorFlow computes in float64. */
export type ElementwiseOperation = 'Exp' | 'Erf' | 'Tanh' | 'Sqrt' | 'Log' | 'Asin'

/**
 * Float64 linear algebra by TensorFlow's own kernels (LAPACK-grade: Eigen on the CPU, cuBLAS and
 * cuSOLVER on a GPU), several times faster than the same in JavaScript.
 */
export class NativeLinearAlgebra implements LinearAlgebra {
  private readonly native: NativeFloat64

  constructor(binding: TensorFlowBinding) {
    this.native = new NativeFloat64(binding)
  }

  multiply(A: Matrix, B: Matrix, transpose: { A?: boolean; B?: boolean } = {}): Matrix {
    const [innerA, rows] = transpose.A ? [A.rows, A.columns] : [A.columns, A.rows]
    const [innerB, columns] = transpose.B ? [B.columns, B.rows] : [B.rows, B.columns]
    if (innerA !== innerB) throw new RangeError(`cannot multiply: inner sizes ${innerA}, ${innerB}`)
    const attributes = [
      this.native.type(),
      this.native.flag('transpose_a', transpose.A ?? false),
      this.native.flag('transpose_b', transpose.B ?? false)
    ]
    const values = this.one([A, B], 'MatMul', attributes)
    return { values, rows, columns }
  }

  /** L with L Lᵀ = A for a symmetric positive definite A; null where it is not to rounding. */
  cholesky(A: Matrix): CholeskyFactor | null {
    requireSquare(A)
    const values = this.unlessSingular(() => this.one([A], 'Cholesky', [this.native.type()]))
    return values && { values, rows: A.rows, columns: A.columns }
  }

  solveSymmetric(A: Matrix, B: Matrix): Matrix | null {
    const factor = this.cholesky(A)
    if (!factor) return null
    const solve = (input: TensorId, right: TensorId, adjoint: boolean): TensorId =>
      this.native.execute(
        'MatrixTriangularSolve',
        [this.native.type(), this.native.flag('lower', true), this.native.flag('adjoint', adjoint)],
        [input, right]
      )
    const [values] = this.native.run([factor, B], (l = NaN, b = NaN) => {
      const half = solve(l, b, false)
      try {
        return [solve(l, half, true)]
      } finally {
        this.native.delete(half)
      }
    })
    return finite({ values: values ?? new Float64Array(), rows: B.rows, columns: B.columns })
  }

  solve(A: Matrix, B: Matrix): Matrix | null {
    requireSquare(A)
    const attributes = [this.native.type(), this.native.flag('adjoint', false)]
    const values = this.unlessSingular(() => this.one([A, B], 'MatrixSolve', attributes))
    return values && finite({ values, rows: B.rows, columns: B.columns })
  }

  symmetricEigen(A: Matrix): SymmetricEigen {
    requireSquare(A)
    const attributes = [this.native.type(), this.native.flag('compute_v', true)]
    const [values, vectors] = this.native.run([A], (a = NaN) =>
      this.native.executeMany('SelfAdjointEigV2', attributes, [a], 2)
    )
    return {
      values: values ?? new Float64Array(),
      vectors: { values: vectors ?? new Float64Array(), rows: A.rows, columns: A.columns }
    }
  }

  eigenvalues(A: Matrix): ComplexEigenvalues {
    requireSquare(A)
    const [real, imaginary] = this.native.run([A], (a = NaN) => {
      const [values = NaN, vectors = NaN] = this.native.executeMany(
        'Eig',
        [this.native.type(), this.native.complexType('Tout'), this.native.flag('compute_v', false)],
        [a],
        2
      )
      try {
        const part = (name: 'Real' | 'Imag'): TensorId =>
          this.native.execute(
            name,
            [this.native.complexType('T'), this.native.type('Tout')],
            [values]
          )
        return [part('Real'), part('Imag')]
      } finally {
        this.native.delete(values, vectors)
      }
    })
    return { real: real ?? new Float64Array(), imaginary: imaginary ?? new Float64Array() }
  }

  singularValues(A: Matrix): SingularValues {
    requireSquare(A)
    const attributes = [
      this.native.type(),
      this.native.flag('compute_uv', true),
      this.native.flag('full_matrices', false)
    ]
    const [values, left, right] = this.native.run([A], (a = NaN) =>
      this.native.executeMany('Svd', attributes, [a], 3)
    )
    const shape = { rows: A.rows, columns: A.columns }
    return {
      values: values ?? new Float64Array(),
      left: { values: left ?? new Float64Array(), ...shape },
      right: { values: right ?? new Float64Array(), ...shape }
    }
  }

  /** An elementwise function of a matrix. */
  elementwise(operation: ElementwiseOperation, A: Matrix): Matrix {
    return { ...A, values: this.one([A], operation, [this.native.type()]) }
  }

  private one(
    matrices: readonly Matrix[],
    operation: string,
    attributes: Parameters<NativeFloat64['execute']>[1]
  ): Float64Array {
    const [values] = this.native.run(matrices, (...inputs) => [
      this.native.execute(operation, attributes, inputs)
    ])
    return values ?? new Float64Array()
  }

  /** null where TensorFlow says that a matrix has no such factorisation. */
  private unlessSingular(compute: () => Float64Array): Float64Array | null {
    try {
      return compute()
    } catch (error) {
      const message = error instanceof Error ? error.message : ''
      if (/not invertible|not successful|not positive definite/i.test(message)) return null
      throw error
    }
  }
}

function requireSquare(A: Matrix): void {
  if (A.rows !== A.columns) throw new RangeError(`matrix must be square: ${A.rows}×${A.columns}`)
}

function finite(matrix: Matrix): Matrix | null {
  return matrix.values.every(Number.isFinite) ? matrix : null
}
