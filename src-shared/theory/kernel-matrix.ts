import type { Matrix } from '../design/dataset'
import type { Stepwise } from './stepwise'

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

/** Consecutive points of a set: from … to − 1. */
export interface PointRange {
  readonly from: number
  readonly to: number
}

/** The block of a symmetric kernel that belongs to these points. */
export function* symmetricBlock(
  kernel: SymmetricKernelMatrix,
  points: PointRange
): Stepwise<SymmetricKernelMatrix> {
  return { ...(yield* kernelBlock(kernel, points, points)), symmetric: true }
}

/** A copy of a kernel's entries between some points; a turn after every row. */
export function* kernelBlock(
  kernel: KernelMatrix,
  rows: PointRange,
  columns: PointRange
): Stepwise<KernelMatrix> {
  const size = { rows: rows.to - rows.from, columns: columns.to - columns.from }
  const values = new Float64Array(size.rows * size.columns)
  for (let i = 0; i < size.rows; i++) {
    const start = (rows.from + i) * kernel.columns
    values.set(kernel.values.subarray(start + columns.from, start + columns.to), i * size.columns)
    yield
  }
  return { ...kernel, ...size, values, symmetric: false }
}
