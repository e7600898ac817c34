import type { Matrix } from '../../design/dataset'

/**
 * Kernels of networks with k outputs. Outputs of an infinitely wide network are independent and
 * alike, so every kernel of the lab is K(x, x′) ⊗ 1_k: nothing larger than K is ever stored.
 */

/** Entry (i, p; j, q) of K ⊗ 1_k: between output p at point i and output q at point j. */
export function fullOutputEntry(
  kernel: Matrix,
  [i, p]: readonly [point: number, output: number],
  [j, q]: readonly [point: number, output: number]
): number {
  return p === q ? (kernel.values[i * kernel.columns + j] ?? NaN) : 0
}

/** Σ_p K(i, p; j, p): the trace over outputs, k times K. */
export function tracedOutputKernel(kernel: Matrix, outputs: number): Matrix {
  return { ...kernel, values: kernel.values.map((value) => outputs * value) }
}

/** (K ⊗ 1_k) v for v given as points × outputs: K times each column. */
export function applyOutputKernel(kernel: Matrix, v: Matrix): Matrix {
  const values = new Float64Array(kernel.rows * v.columns)
  for (let i = 0; i < kernel.rows; i++) {
    for (let j = 0; j < kernel.columns; j++) {
      const weight = kernel.values[i * kernel.columns + j] ?? NaN
      for (let p = 0; p < v.columns; p++) {
        const at = i * v.columns + p
        values[at] = (values[at] ?? NaN) + weight * (v.values[j * v.columns + p] ?? NaN)
      }
    }
  }
  return { values, rows: kernel.rows, columns: v.columns }
}
