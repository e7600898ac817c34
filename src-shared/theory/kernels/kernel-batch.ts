import { gramFromDistance } from '../moments/gaussian-pair'
import { emptyMomentBatch, type FarMoments } from './batch-moments'
import { emptyAngleBatch, fillAngles } from './far-pairs'
import { fillCovariances, fillFirstLayer } from './first-layer-batch'
import type { KernelLayer, KernelPlan } from './kernel-plan'
import { BATCH, emptyPairBatch, type PairRange } from './pair-batch'

const noRoots = new Float64Array()

/**
 * Takes a batch of pairs through all layers; afterwards `nngp`, `ntk`, `sgNtk` and `sgNtkMirrored`
 * hold the kernels of the range's pairs in its order.
 */
export class KernelBatch {
  readonly ntk = new Float64Array(BATCH)
  /** I(x, x′). */
  readonly sgNtk = new Float64Array(BATCH)
  /** I(x′, x), where it was asked for. */
  readonly sgNtkMirrored = new Float64Array(BATCH)
  private readonly pairs = emptyPairBatch()
  private readonly moments = emptyMomentBatch()
  private readonly angles = emptyAngleBatch()
  /** Computes the pairs that are not far; made when the first is met. */
  private careful: KernelBatch | null = null
  private readonly factor = new Float64Array(BATCH)
  private readonly factorMirrored = new Float64Array(BATCH)

  /** S(x, x′). */
  get nngp(): Float64Array {
    return this.pairs.c
  }

  /**
   * @param range at most BATCH pairs
   * @param mirror fills sgNtkMirrored too
   */
  compute(plan: KernelPlan, range: PairRange, mirror: boolean): void {
    if (plan.far) {
      this.computeFar(plan, plan.far, range, mirror)
      this.mendNear(plan, range, mirror)
    } else this.computeCarefully(plan, range, mirror)
  }

  /** The kernels of far pairs; what others get is mended afterwards. */
  private computeFar(
    plan: KernelPlan,
    far: readonly FarMoments[],
    range: PairRange,
    mirror: boolean
  ): void {
    const { first, second } = plan
    const { pairs, ntk, sgNtk, sgNtkMirrored, angles } = this
    fillCovariances(first.inputs, second.inputs, range, plan.input, pairs.c)
    ntk.set(pairs.c)
    sgNtk.set(pairs.c)
    sgNtkMirrored.set(pairs.c)
    angles.near.fill(0)
    plan.layers.forEach((layer, l) => {
      const roots = first.roots[l] ?? noRoots
      fillAngles(pairs.c, roots, second.roots[l] ?? noRoots, range, angles)
      far[l]?.moments(angles, range.count, this.moments)
      if (plan.hasSurrogate) {
        this.fillPairs(range, first.variances[l], second.variances[l])
        this.advanceSurrogate(layer, range.count, mirror)
      }
      this.advanceNtk(layer, range.count)
      this.finishNngp(layer, range.count)
    })
  }

  /** What moments with surrogates read of pairs whose covariances are known. */
  private fillPairs(
    range: PairRange,
    firstVariances: Float64Array | undefined,
    secondVariances: Float64Array | undefined
  ): void {
    const { a, b, c, gram } = this.pairs
    for (let p = 0; p < range.count; p++) {
      const variance = firstVariances?.[range.diagonal ? range.first + p : range.first] ?? NaN
      const other = secondVariances?.[range.second + p] ?? NaN
      const covariance = c[p] ?? NaN
      a[p] = variance
      b[p] = other
      gram[p] = Math.max(0, variance * other - covariance * covariance)
    }
  }

  /** Computes the pairs that are not far, one by one. */
  private mendNear(plan: KernelPlan, range: PairRange, mirror: boolean): void {
    const { near } = this.angles
    for (let p = 0; p < range.count; p++) {
      if (near[p] === 0) continue
      this.careful ??= new KernelBatch()
      const first = range.diagonal ? range.first + p : range.first
      const pair = { first, second: range.second + p, count: 1, diagonal: false }
      this.careful.computeCarefully(plan, pair, mirror)
      this.nngp[p] = this.careful.nngp[0] ?? NaN
      this.ntk[p] = this.careful.ntk[0] ?? NaN
      this.sgNtk[p] = this.careful.sgNtk[0] ?? NaN
      this.sgNtkMirrored[p] = this.careful.sgNtkMirrored[0] ?? NaN
    }
  }

  private computeCarefully(plan: KernelPlan, range: PairRange, mirror: boolean): void {
    const { first, second } = plan
    const { pairs, ntk, sgNtk, sgNtkMirrored } = this
    fillFirstLayer(first.inputs, first.norms, second.inputs, second.norms, range, plan.input, pairs)
    ntk.set(pairs.c)
    sgNtk.set(pairs.c)
    sgNtkMirrored.set(pairs.c)
    plan.layers.forEach((layer, l) => {
      layer.moments.moments(pairs, range.count, this.moments)
      if (plan.hasSurrogate) this.advanceSurrogate(layer, range.count, mirror)
      this.advanceNtk(layer, range.count)
      if (l < plan.layers.length - 1) {
        this.advancePairs(layer, range, first.variances[l + 1], second.variances[l + 1])
      } else this.finishNngp(layer, range.count)
    })
  }

  /** I⁺ = S⁺ + I σ_w² E φ′(u)ψ(v). */
  private advanceSurrogate(layer: KernelLayer, count: number, mirror: boolean): void {
    const { moments, factor, factorMirrored, sgNtk, sgNtkMirrored } = this
    if (layer.surrogate) {
      layer.surrogate(this.pairs, count, factor, mirror ? factorMirrored : null)
      grow(sgNtk, factor, moments.second, layer, count)
      if (mirror) grow(sgNtkMirrored, factorMirrored, moments.second, layer, count)
    } else {
      grow(sgNtk, moments.derivative, moments.second, layer, count)
      if (mirror) grow(sgNtkMirrored, moments.derivative, moments.second, layer, count)
    }
  }

  /** T⁺ = S⁺ + T σ_w² E φ′(u)φ′(v). */
  private advanceNtk(layer: KernelLayer, count: number): void {
    grow(this.ntk, this.moments.derivative, this.moments.second, layer, count)
  }

  /** S⁺ = σ_w² E φ(u)φ(v) + σ_b², and what is carried beside it (theory/moments/gaussian-pair.ts). */
  private advancePairs(
    { moments, weight, bias }: KernelLayer,
    { first, second, count, diagonal }: PairRange,
    firstVariances: Float64Array | undefined,
    secondVariances: Float64Array | undefined
  ): void {
    const { a, b, c, gram, distance, sum } = this.pairs
    const { second: seconds, difference, sum: sums } = this.moments
    for (let p = 0; p < count; p++) {
      const nextA = firstVariances?.[diagonal ? first + p : first] ?? NaN
      const nextB = secondVariances?.[second + p] ?? NaN
      const product = weight * (seconds[p] ?? NaN)
      const unbiased = nextA + nextB - 2 * bias
      // Equal inputs stay equal: exactly 0, whatever the moments are.
      const apart =
        distance[p] === 0
          ? 0
          : moments.knowsDifference
            ? weight * (difference[p] ?? NaN)
            : Math.max(0, unbiased - 2 * product)
      const together =
        (moments.knowsSum ? weight * (sums[p] ?? NaN) : Math.max(0, unbiased + 2 * product)) +
        4 * bias
      const nextC = product + bias
      a[p] = nextA
      b[p] = nextB
      c[p] = nextC
      distance[p] = apart
      sum[p] = together
      gram[p] = gramFromDistance(nextA, nextB, nextC, apart, together)
    }
  }

  private finishNngp({ weight, bias }: KernelLayer, count: number): void {
    const { pairs, moments } = this
    for (let p = 0; p < count; p++) pairs.c[p] = weight * (moments.second[p] ?? NaN) + bias
  }
}

/**
 * kernel ← σ_w² second + σ_b² + kernel · σ_w² factor, where 0 · ∞ is 0: a diverging factor is the
 * limit m → ∞ of erf_m, and an exact zero stays zero all the way there.
 */
function grow(
  kernel: Float64Array,
  factor: Float64Array,
  second: Float64Array,
  { weight, bias }: KernelLayer,
  count: number
): void {
  for (let p = 0; p < count; p++) {
    const value = kernel[p] ?? NaN
    const slope = factor[p] ?? NaN
    const growth = value === 0 || slope === 0 ? 0 : value * (weight * slope)
    kernel[p] = weight * (second[p] ?? NaN) + bias + growth
  }
}
