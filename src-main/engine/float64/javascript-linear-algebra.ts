import {
  CholeskyDecomposition,
  EigenvalueDecomposition,
  LuDecomposition,
  Matrix as LibraryMatrix,
  SingularValueDecomposition
} from 'ml-matrix'
import type { Matrix } from '@shared/design/dataset'
import type { LinearAlgebra } from '@shared/theory/linear-algebra'

/**
 * Float64 linear algebra in JavaScript (ml-matrix: EISPACK's and LINPACK's algorithms). For small
 * problems it is done before TensorFlow would be loaded, and it is the independent route that the
 * native results are held against.
 */
export const javascriptLinearAlgebra: LinearAlgebra = {
  multiply(A, B, transpose = {}) {
    const left = transpose.A ? library(A).transpose() : library(A)
    const right = transpose.B ? library(B).transpose() : library(B)
    if (left.columns !== right.rows) {
      throw new RangeError(`cannot multiply: inner sizes ${left.columns}, ${right.rows}`)
    }
    return own(left.mmul(right))
  },

  solveSymmetric(A, B) {
    const lower = library(A)
    // Only the lower triangle is read, as by TensorFlow; the library insists on equal halves.
    for (let i = 0; i < A.rows; i++) for (let j = 0; j < i; j++) lower.set(j, i, lower.get(i, j))
    const factors = new CholeskyDecomposition(lower)
    return factors.isPositiveDefinite() ? finite(own(factors.solve(library(B)))) : null
  },

  solve(A, B) {
    const factors = new LuDecomposition(library(A))
    return factors.isSingular() ? null : finite(own(factors.solve(library(B))))
  },

  eigenvalues(A) {
    const found = new EigenvalueDecomposition(library(A), { assumeSymmetric: false })
    return {
      real: Float64Array.from(found.realEigenvalues),
      imaginary: Float64Array.from(found.imaginaryEigenvalues)
    }
  },

  symmetricEigen(A) {
    const found = new EigenvalueDecomposition(library(A), { assumeSymmetric: true })
    return {
      values: Float64Array.from(found.realEigenvalues),
      vectors: own(found.eigenvectorMatrix)
    }
  },

  singularValues(A) {
    const found = new SingularValueDecomposition(library(A))
    return {
      values: Float64Array.from(found.diagonal),
      left: own(found.leftSingularVectors),
      right: own(found.rightSingularVectors)
    }
  }
}

function library({ values, rows, columns }: Matrix): LibraryMatrix {
  return LibraryMatrix.from1DArray(rows, columns, values)
}

function own(matrix: LibraryMatrix): Matrix {
  const { rows, columns } = matrix
  return { values: Float64Array.from(matrix.to1DArray()), rows, columns }
}

function finite(matrix: Matrix): Matrix | null {
  return matrix.values.every(Number.isFinite) ? matrix : null
}
