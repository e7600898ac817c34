import { EigenvalueDecomposition, Matrix as JsMatrix } from 'ml-matrix'
import type { Matrix } from '@shared/design/dataset'

/** A left eigenvector w of K, wᵀK = λwᵀ, of unit length. */
export interface Eigenmode {
  readonly real: number
  /** Above 0 for one of a complex pair; the other, its conjugate, is left out. */
  readonly imaginary: number
  readonly vector: { readonly real: Float64Array; readonly imaginary: Float64Array }
}

/**
 * The left eigenvectors of a square matrix, symmetric or not, largest |λ| first. Residuals along them
 * shrink by themselves in training: wᵀ(f − y) by 1 − ηλ a step.
 */
export function leftEigenmodes({ values, rows }: Matrix): Eigenmode[] {
  // Right eigenvectors of the transpose, in ml-matrix's real form: a complex pair has two columns, the
  // real and the imaginary part of the vector whose eigenvalue has the positive imaginary part.
  const transposed = new JsMatrix(rows, rows)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) transposed.set(i, j, values[j * rows + i] ?? NaN)
  }
  const decomposition = new EigenvalueDecomposition(transposed, { assumeSymmetric: false })
  const { realEigenvalues, imaginaryEigenvalues, eigenvectorMatrix } = decomposition
  const column = (j: number): Float64Array => Float64Array.from(eigenvectorMatrix.getColumn(j))
  const modes = realEigenvalues.flatMap((real, j): Eigenmode[] => {
    const imaginary = imaginaryEigenvalues[j] ?? 0
    if (imaginary < 0) return []
    const parts = {
      real: column(j),
      imaginary: imaginary > 0 ? column(j + 1) : new Float64Array(rows)
    }
    return [{ real, imaginary, vector: normalised(parts) }]
  })
  return modes.sort((a, b) => Math.hypot(b.real, b.imaginary) - Math.hypot(a.real, a.imaginary))
}

/** |wᵀr|. */
export function amplitude({ vector }: Eigenmode, residual: ArrayLike<number>): number {
  const along = (part: Float64Array): number =>
    part.reduce((total, value, i) => total + value * (residual[i] ?? NaN), 0)
  return Math.hypot(along(vector.real), along(vector.imaginary))
}

function normalised({ real, imaginary }: Eigenmode['vector']): Eigenmode['vector'] {
  const length = Math.hypot(...real, ...imaginary)
  return { real: real.map((x) => x / length), imaginary: imaginary.map((x) => x / length) }
}
