import type { Matrix } from '../design/dataset'

/**
 * A kernel between two sets of points: rows are first arguments (test points), columns second
 * arguments (training points).
 *
 * `symmetric` is true only where K(x, x′) = K(x′, x) for all points and both sets are the same: an
 * SG-NTK never claims it, because its first argument carries the true derivative and its second the
 * surrogate. Symmetric solvers take only `SymmetricKernelMatrix`.
 */
export interface KernelMatrix extends Matrix {
  readonly kind: 'nngp' | 'ntk' | 'sgNtk'
  readonly symmetric: boolean
}

/** A kernel matrix that symmetric solvers may be used on. */
export interface SymmetricKernelMatrix extends KernelMatrix {
  readonly symmetric: true
}

/** Which derivative stands on which argument of an SG-NTK. */
export const sgNtkOrientation = { first: 'trueDerivative', second: 'surrogate' } as const

/** An SG-NTK as computed: never symmetric, with its orientation. */
export interface SgNtkMatrix extends KernelMatrix {
  readonly kind: 'sgNtk'
  readonly symmetric: false
  readonly orientation: typeof sgNtkOrientation
}

/** Whether symmetric solvers may be used on a kernel. */
export function isSymmetric(kernel: KernelMatrix): kernel is SymmetricKernelMatrix {
  return kernel.symmetric
}

/** The block of a symmetric kernel that belongs to these points. */
export function symmetricBlock(
  kernel: SymmetricKernelMatrix,
  points: readonly number[]
): SymmetricKernelMatrix {
  return { ...kernelBlock(kernel, points, points), symmetric: true }
}

/** The rows and columns of a kernel given by index lists. */
export function kernelBlock(
  kernel: KernelMatrix,
  rows: readonly number[],
  columns: readonly number[]
): KernelMatrix {
  const values = new Float64Array(rows.length * columns.length)
  rows.forEach((row, i) => {
    columns.forEach((column, j) => {
      values[i * columns.length + j] = kernel.values[row * kernel.columns + column] ?? NaN
    })
  })
  return { ...kernel, values, rows: rows.length, columns: columns.length, symmetric: false }
}
