import type { Matrix } from '../../design/dataset'
import type { NetworkDesign } from '../../design/network'
import type { Surrogate } from '../../design/surrogate'
import { LabError } from '../../protocol/errors'
import type { Stepwise } from '../stepwise'
import { batchForPlan } from './batch-for-plan'
import { kernelPlan } from './kernel-plan'
import { BATCH } from './pair-batch'

/** Kernels of pairs (xᵢ, x′ᵢ): one number for each i. */
export interface KernelDiagonals {
  readonly nngp: Float64Array
  /** May be ±∞. */
  readonly ntk: Float64Array
  /** True derivative at xᵢ, surrogate at x′ᵢ; null without a surrogate. */
  readonly sgNtk: Float64Array | null
}

/**
 * The diagonals of the kernels that kernelPieces computes, in time and memory proportional to N.
 *
 * @param second as many points as `first`: the pairs (first[i], second[i]); null for (first[i], first[i])
 * @throws {LabError} invalid-request where the numbers of points differ
 */
export function* kernelDiagonals(
  design: NetworkDesign,
  surrogate: Surrogate | null,
  first: Matrix,
  second: Matrix | null
): Stepwise<KernelDiagonals> {
  const n = first.rows
  if (second && second.rows !== n) {
    throw new LabError(
      'invalid-request',
      `a diagonal needs as many points in X2 as in X: X has ${n}, X2 has ${second.rows}`
    )
  }
  const plan = yield* kernelPlan(design, surrogate, first, second)
  const nngp = new Float64Array(n)
  const ntk = new Float64Array(n)
  const sgNtk = plan.hasSurrogate ? new Float64Array(n) : null
  const batch = batchForPlan(plan)
  // Far pairs go through the layers by first arguments, of which there is one a pair here.
  const size = plan.far ? 1 : BATCH
  for (let start = 0; start < n; start += size) {
    const count = Math.min(size, n - start)
    batch.compute({ first: start, second: start, count, diagonal: true }, false)
    nngp.set(batch.nngp.subarray(0, count), start)
    ntk.set(batch.ntk.subarray(0, count), start)
    sgNtk?.set(batch.sgNtk.subarray(0, count), start)
    yield
  }
  return { nngp, ntk, sgNtk }
}
