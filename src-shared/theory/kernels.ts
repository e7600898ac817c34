import type { Matrix } from '../design/dataset'
import type { NetworkDesign } from '../design/network'
import type { Surrogate } from '../design/surrogate'
import { sgNtkOrientation, type KernelMatrix, type SgNtkMatrix } from './kernel-matrix'
import { requireKernelMemory } from './kernels/kernel-memory'
import { hasSurrogate, kernelPlan } from './kernels/kernel-plan'
import { fillTile, type KernelTarget } from './kernels/kernel-tile'
import { finish, type Stepwise } from './stepwise'

/** The kernels of one design between two sets of points. */
export interface Kernels {
  /** Covariance of the outputs at initialisation. */
  readonly nngp: KernelMatrix
  /** Neural tangent kernel with the true derivative on both sides; entries may be ±∞. */
  readonly ntk: KernelMatrix
  /** True derivative on rows, surrogate on columns; null without a surrogate. */
  readonly sgNtk: SgNtkMatrix | null
}

/**
 * NNGP, NTK and SG-NTK of an infinitely wide network, in float64.
 *
 * S¹ = T¹ = I¹ = (σ_w²/n₀) x·x′ + σ_b²; then for every activation
 * S⁺ = σ_w² E φ(u)φ(v) + σ_b², T⁺ = S⁺ + T σ_w² E φ′(u)φ′(v), I⁺ = S⁺ + I σ_w² E φ′(u)ψ(v)
 * (arXiv 2405.15539; docs/maths.md). Without a second set of points all kernels are of `first` with
 * itself, and the symmetric ones are computed once per pair.
 *
 * @param design the network apart from its widths
 * @param surrogate ψ of every layer that names none of its own; without any ψ there is no SG-NTK
 * @param first N×d, the first arguments (rows)
 * @param second M×d, the second arguments (columns); null for `first` itself
 * @throws {LabError} invalid-request where they would not fit into memory (kernels/kernel-memory.ts);
 *   kernels/kernel-blocks.ts computes any number of points block by block
 */
export function computeKernels(
  design: NetworkDesign,
  surrogate: Surrogate | null,
  first: Matrix,
  second: Matrix | null = null
): Kernels {
  return finish(kernelPieces(design, surrogate, first, second))
}

/** As computeKernels, some pairs at a time, so that the caller can do other work or stop in between. */
export function* kernelPieces(
  design: NetworkDesign,
  surrogate: Surrogate | null,
  first: Matrix,
  second: Matrix | null
): Stepwise<Kernels> {
  const shape = { rows: first.rows, columns: (second ?? first).rows }
  requireKernelMemory(shape.rows, shape.columns, hasSurrogate(design, surrogate))
  const plan = yield* kernelPlan(design, surrogate, first, second)
  const array = (): Float64Array => new Float64Array(shape.rows * shape.columns)
  const nngp = array()
  const ntk = array()
  const sgNtk = plan.hasSurrogate ? array() : null
  const target: KernelTarget = { nngp, ntk, sgNtk, offset: 0, stride: shape.columns }
  const whole = { fromRow: 0, toRow: shape.rows, fromColumn: 0, toColumn: shape.columns }
  const symmetric = second === null
  yield* fillTile(plan, whole, target, symmetric ? target : null)
  return kernelMatrices(nngp, ntk, sgNtk, { ...shape, symmetric })
}

/** Row-major entries as kernels of one shape, each with what its type says of it. */
export function kernelMatrices(
  nngp: Float64Array,
  ntk: Float64Array,
  sgNtk: Float64Array | null,
  shape: Pick<KernelMatrix, 'rows' | 'columns' | 'symmetric'>
): Kernels {
  return {
    nngp: { ...shape, kind: 'nngp', values: nngp },
    ntk: { ...shape, kind: 'ntk', values: ntk },
    sgNtk: sgNtk && {
      ...shape,
      kind: 'sgNtk',
      values: sgNtk,
      symmetric: false,
      orientation: sgNtkOrientation
    }
  }
}
