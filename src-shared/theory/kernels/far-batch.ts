import type { FarMoments, FarRow, RowPoints, SurrogateMoments } from './batch-moments'
import { CarefulBatch } from './careful-batch'
import { fillCovariances } from './first-layer-batch'
import type { KernelBatch } from './kernel-batch'
import type { KernelPlan } from './kernel-plan'
import { BATCH, emptyPairBatch, type PairRange } from './pair-batch'

const noPoints = new Float64Array()

/** What `factor` and `factorMirrored` are to be multiplied with. */
interface FactorScales {
  readonly direct: number
  readonly mirrored: number
}

/** Kernels of pairs of one first argument, nearly all of which are far (far-pairs.ts). */
export class FarBatch implements KernelBatch {
  readonly ntk = new Float64Array(BATCH)
  readonly sgNtk = new Float64Array(BATCH)
  readonly sgNtkMirrored = new Float64Array(BATCH)
  private readonly pairs = emptyPairBatch()
  private readonly row: FarRow = {
    nngp: this.pairs.c,
    ntk: this.ntk,
    slope: new Float64Array(BATCH),
    near: new Uint8Array(BATCH)
  }
  private readonly factor = new Float64Array(BATCH)
  private readonly factorMirrored = new Float64Array(BATCH)
  /** Computes the pairs that are not far. */
  private readonly careful: CarefulBatch

  /** @param far the moments of each of the plan's layers */
  constructor(
    private readonly plan: KernelPlan,
    private readonly far: readonly FarMoments[]
  ) {
    this.careful = new CarefulBatch(plan)
  }

  get nngp(): Float64Array {
    return this.pairs.c
  }

  compute(range: PairRange, mirror: boolean): void {
    const { first, second, hasSurrogate, layers, input } = this.plan
    const { row, sgNtk, sgNtkMirrored } = this
    fillCovariances(first.inputs, second.inputs, range, input, row.nngp)
    row.ntk.set(row.nngp)
    if (hasSurrogate) {
      sgNtk.set(row.nngp)
      sgNtkMirrored.set(row.nngp)
    }
    let anyNear = false
    for (const [l, layer] of layers.entries()) {
      const points = {
        variance: first.variances[l]?.[range.first] ?? NaN,
        root: first.roots[l]?.[range.first] ?? NaN,
        variances: second.variances[l] ?? noPoints,
        roots: second.roots[l] ?? noPoints,
        from: range.second
      }
      // With equal variances exchanging the arguments changes nothing.
      const exchange = mirror && !first.areAlike[l]
      const scales = layer.surrogate
        ? this.fillFactors(layer.surrogate, points, range.count, exchange)
        : null
      if (this.far[l]?.advance(row, points, range.count, layer)) anyNear = true
      if (!hasSurrogate) continue
      // I⁺ = S⁺ + I σ_w² E φ′(u)ψ(v), the true derivative on both sides where the layer has no ψ.
      const weight = scales ? layer.weight * scales.direct : 1
      const factor = scales ? this.factor : row.slope
      if (!mirror) grow(sgNtk, weight, factor, row.nngp, range.count)
      else if (scales && exchange) {
        grow(sgNtk, weight, factor, row.nngp, range.count)
        const mirrored = layer.weight * scales.mirrored
        grow(sgNtkMirrored, mirrored, this.factorMirrored, row.nngp, range.count)
      } else growBoth(sgNtk, sgNtkMirrored, weight, factor, row.nngp, range.count)
    }
    if (anyNear) this.mendNear(range, mirror)
  }

  /** E φ′(u)ψ(v) and, with the arguments exchanged, its mirror image, each but for a scale. */
  private fillFactors(
    surrogate: SurrogateMoments,
    points: RowPoints,
    count: number,
    exchange: boolean
  ): FactorScales {
    const { pairs, factor, factorMirrored } = this
    if (surrogate.far) {
      const direct = surrogate.far(pairs.c, points, count, false, factor)
      const mirrored = exchange ? surrogate.far(pairs.c, points, count, true, factorMirrored) : 1
      return { direct, mirrored }
    }
    const { a, b, c, gram } = pairs
    for (let p = 0; p < count; p++) {
      const other = points.variances[points.from + p] ?? NaN
      const covariance = c[p] ?? NaN
      a[p] = points.variance
      b[p] = other
      gram[p] = Math.max(0, points.variance * other - covariance * covariance)
    }
    surrogate.moments(pairs, count, factor, exchange ? factorMirrored : null)
    return { direct: 1, mirrored: 1 }
  }

  /** Computes the pairs that are not far, one by one. */
  private mendNear({ first, second, count }: PairRange, mirror: boolean): void {
    const { careful, row } = this
    for (let p = 0; p < count; p++) {
      if (row.near[p] === 0) continue
      row.near[p] = 0
      careful.compute({ first, second: second + p, count: 1, diagonal: false }, mirror)
      this.nngp[p] = careful.nngp[0] ?? NaN
      this.ntk[p] = careful.ntk[0] ?? NaN
      this.sgNtk[p] = careful.sgNtk[0] ?? NaN
      this.sgNtkMirrored[p] = careful.sgNtkMirrored[0] ?? NaN
    }
  }
}

/** kernel ← nngp + kernel · weight · factor. */
function grow(
  kernel: Float64Array,
  weight: number,
  factor: Float64Array,
  nngp: Float64Array,
  count: number
): void {
  for (let p = 0; p < count; p++) {
    kernel[p] = (nngp[p] ?? NaN) + (kernel[p] ?? NaN) * (weight * (factor[p] ?? NaN))
  }
}

/** grow of two kernels with the same factor. */
function growBoth(
  kernel: Float64Array,
  other: Float64Array,
  weight: number,
  factor: Float64Array,
  nngp: Float64Array,
  count: number
): void {
  for (let p = 0; p < count; p++) {
    const slope = weight * (factor[p] ?? NaN)
    const constant = nngp[p] ?? NaN
    kernel[p] = constant + (kernel[p] ?? NaN) * slope
    other[p] = constant + (other[p] ?? NaN) * slope
  }
}
