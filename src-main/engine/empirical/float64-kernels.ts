import type { Matrix } from '@shared/design/dataset'
import type { LinearAlgebra } from '@shared/theory/linear-algebra'
import type { Stepwise } from '@shared/theory/stepwise'
import {
  backward64,
  forward64,
  type BackwardDerivative,
  type Float64Layer,
  type Float64Trace
} from './float64-network'
import type { NetworkPrograms } from './network-programs'

/** Kernels of one network between N first and M second points, k outputs; N×M×k×k, row-major. */
export interface EmpiricalKernels64 {
  /** J Jᵀ: φ′ on both arguments. */
  readonly ntk: Float64Array
  /** J J̃ᵀ: φ′ on the first argument, ψ on the second. */
  readonly sgNtk: Float64Array
}

/**
 * Empirical NTK and SG-NTK of one network in float64, without its Jacobian.
 *
 * ∂f_k/∂Wˡ = (σ_w/√n) δˡ_k aˡᵀ and ∂f_k/∂bˡ = σ_b δˡ_k, so that over all parameters
 * Θ(x, x′)_kk′ = Σ_l ((σ_w²/n) aˡ(x)·aˡ(x′) + σ_b²) · (δˡ_k(x)·δ̃ˡ_k′(x′)),
 * δ backpropagated with φ′, δ̃ with ψ (docs/maths.md, "Empirical kernels").
 *
 * @param first N × inputs: points whose derivative is the true one
 * @param second M × inputs: points whose derivative is the surrogate one; null for the first points
 */
export function* empiricalKernels64(
  algebra: LinearAlgebra,
  programs: NetworkPrograms,
  layers: readonly Float64Layer[],
  first: Matrix,
  second: Matrix | null
): Stepwise<EmpiricalKernels64> {
  const outputs = layers.at(-1)?.weights.rows ?? 0
  const deltas = (trace: Float64Trace, derivative: BackwardDerivative): Matrix[] =>
    backward64(algebra, programs, layers, trace, identities(trace.outputs), derivative)
  const rowTrace = forward64(algebra, programs, layers, first)
  const columnTrace = second ? forward64(algebra, programs, layers, second) : rowTrace
  yield
  const rowDeltas = deltas(rowTrace, 'derivative')
  const columnDeltas = second ? deltas(columnTrace, 'derivative') : rowDeltas
  yield
  const surrogateDeltas = deltas(columnTrace, 'surrogate')
  yield
  const [N, M] = [rowTrace.outputs.rows, columnTrace.outputs.rows]
  const ntk = new Float64Array(N * M * outputs * outputs)
  const sgNtk = new Float64Array(ntk.length)
  for (const [l, { weightFactor, biasFactor }] of programs.affine.entries()) {
    const [a, b] = [rowTrace.activities[l], columnTrace.activities[l]]
    const [d, e, s] = [rowDeltas[l], columnDeltas[l], surrogateDeltas[l]]
    if (!a || !b || !d || !e || !s) throw new RangeError('a layer has no trace')
    const similarity = algebra
      .multiply(a, b, { B: true })
      .values.map((value) => weightFactor ** 2 * value + biasFactor ** 2)
    addProduct(ntk, similarity, algebra.multiply(d, e, { B: true }), outputs)
    addProduct(sgNtk, similarity, algebra.multiply(d, s, { B: true }), outputs)
    yield
  }
  return { ntk, sgNtk }
}

/** ∂f/∂f for every point: `outputs` rows of the identity each. */
function identities({ rows: points, columns: outputs }: Matrix): Matrix {
  const values = new Float64Array(points * outputs * outputs)
  for (let row = 0; row < points * outputs; row++) values[row * outputs + (row % outputs)] = 1
  return { values, rows: points * outputs, columns: outputs }
}

/** total[i, j, k, l] += similarity[i, j] · products[i·outputs + k, j·outputs + l]. */
function addProduct(
  total: Float64Array,
  similarity: Float64Array,
  products: Matrix,
  outputs: number
): void {
  const M = products.columns / outputs
  for (let row = 0; row < products.rows; row++) {
    const [i, k] = [Math.floor(row / outputs), row % outputs]
    for (let column = 0; column < products.columns; column++) {
      const [j, l] = [Math.floor(column / outputs), column % outputs]
      const at = ((i * M + j) * outputs + k) * outputs + l
      const product = products.values[row * products.columns + column] ?? NaN
      total[at] = (total[at] ?? NaN) + (similarity[i * M + j] ?? NaN) * product
    }
  }
}
