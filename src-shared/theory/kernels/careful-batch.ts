import { gramFromDistance } from '../moments/gaussian-pair'
import { emptyMomentBatch } from './batch-moments'
import { fillFirstLayer } from './first-layer-batch'
import type { KernelBatch } from './kernel-batch'
import type { KernelLayer, KernelPlan } from './kernel-plan'
import { BATCH, emptyPairBatch, type PairRange } from './pair-batch'

/** Kernels of any pairs, from all that theory/moments/gaussian-pair.ts carries through the layers. */
export class CarefulBatch implements KernelBatch {
  readonly ntk = new Float64Array(BATCH)
  readonly sgNtk = new Float64Array(BATCH)
  readonly sgNtkMirrored = new Float64Array(BATCH)
  private readonly pairs = emptyPairBatch()
  private readonly moments = emptyMomentBatch()
  private readonly factor = new Float64Array(BATCH)
  private readonly factorMirrored = new Float64Array(BATCH)

  constructor(private readonly plan: KernelPlan) {}

  get nngp(): Float64Array {
    return this.pairs.c
  }

  compute(range: PairRange, mirror: boolean): void {
    const { plan } = this
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
      layer.surrogate.moments(this.pairs, count, factor, mirror ? factorMirrored : null)
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
