import { activationMath, type Activation } from '../../design/activation'
import type { ActivationMath } from '../../design/activation-math'
import type { Matrix } from '../../design/dataset'
import { networkLayers, type AffineLayer, type NetworkDesign } from '../../design/network'
import { surrogateMath, type Surrogate } from '../../design/surrogate'
import { firstLayerVariances } from '../first-layer'
import { coincidentPair } from '../moments/gaussian-pair'
import type { Stepwise } from '../stepwise'
import type { BatchMoments, FarMoments, SurrogateBatchMoment } from './batch-moments'
import { reciprocalRoots } from './far-pairs'
import { squaredNorms } from './first-layer-batch'
import { layerTables } from './layer-tables'
import { pairwiseMoments } from './pairwise-moments'

/** One activation and the affine map after it. */
export interface KernelLayer {
  readonly moments: Omit<BatchMoments, 'surrogate'>
  /** E φ′(u)ψ(v); null where the true derivative stands on both sides. */
  readonly surrogate: SurrogateBatchMoment | null
  /** E φ(u)² for a variance. */
  readonly secondMoment: (variance: number) => number
  /** σ_w² and σ_b² of the affine map that follows. */
  readonly weight: number
  readonly bias: number
  /** What is to be run to its end before the moments are used: fills tables where there are any. */
  readonly prepare?: () => Stepwise<void>
}

/** One set of points, with what depends on a single point. */
export interface KernelPoints {
  readonly inputs: Matrix
  /** |x|² of each point. */
  readonly norms: Float64Array
  /** S(x, x) before every activation and at the output: one array per affine layer. */
  readonly variances: readonly Float64Array[]
  /** 1/√(variance + k) before every activation: what far pairs need (far-pairs.ts). */
  readonly roots: readonly Float64Array[]
}

/** Everything that pairs of points need to go through the layers. */
export interface KernelPlan {
  readonly input: AffineLayer
  readonly layers: readonly KernelLayer[]
  readonly hasSurrogate: boolean
  /** The layers' moments of far pairs; null where one of them has none. */
  readonly far: readonly FarMoments[] | null
  /** First arguments (rows) and second ones (columns): the same object for a set with itself. */
  readonly first: KernelPoints
  readonly second: KernelPoints
}

/**
 * Prepares kernels of `first` (rows) with `second` (columns), or with itself where that is null.
 *
 * @param surrogate ψ of every layer that names none of its own; without any ψ there is no SG-NTK
 */
export function kernelPlan(
  design: NetworkDesign,
  surrogate: Surrogate | null,
  first: Matrix,
  second: Matrix | null
): KernelPlan {
  const { affine, hidden } = networkLayers(design, surrogate)
  const input = affine[0] ?? { sigmaW: 0, sigmaB: 0 }
  // A formula is taken apart once, not for every layer.
  const bound = new Map<Activation, ActivationMath>()
  const layers = hidden.map((layer, l): KernelLayer => {
    const next = affine[l + 1] ?? input
    const math = bound.get(layer.activation) ?? activationMath(layer.activation)
    bound.set(layer.activation, math)
    const moments = math.batch ?? pairwiseMoments(math)
    return {
      moments,
      surrogate: layer.surrogate && moments.surrogate(surrogateMath(layer.surrogate)),
      secondMoment: (variance) => math.secondMoment(coincidentPair(variance)),
      weight: next.sigmaW * next.sigmaW,
      bias: next.sigmaB * next.sigmaB
    }
  })
  const far = layers.flatMap(({ moments }) => moments.far ?? [])
  const points = kernelPoints(first, input, layers)
  const others = second ? kernelPoints(second, input, layers) : points
  const pairs = second ? first.rows * second.rows : (first.rows * (first.rows + 1)) / 2
  const tabulated = hidden.map(({ activation, surrogate: psi }, l) => {
    const variances = [points, others].map((each) => each.variances[l] ?? new Float64Array(0))
    return layerTables(activation, psi, variances, pairs)
  })
  return {
    input,
    layers: layers.map((layer, l) => ({ ...layer, ...tabulated[l] })),
    hasSurrogate: hasSurrogate(design, surrogate),
    far: far.length === layers.length ? far : null,
    first: points,
    second: others
  }
}

/** Whether any layer has a ψ, so that there is an SG-NTK. */
export function hasSurrogate(design: NetworkDesign, surrogate: Surrogate | null): boolean {
  return networkLayers(design, surrogate).hidden.some((layer) => layer.surrogate !== null)
}

function kernelPoints(
  inputs: Matrix,
  input: AffineLayer,
  layers: readonly KernelLayer[]
): KernelPoints {
  let current = firstLayerVariances(inputs, input)
  const variances = [current]
  for (const { secondMoment, weight, bias } of layers) {
    // Points of one norm share their variances: one quadrature for all.
    const known = new Map<number, number>()
    current = current.map((variance) => {
      const next = known.get(variance) ?? weight * secondMoment(variance) + bias
      known.set(variance, next)
      return next
    })
    variances.push(current)
  }
  const roots = layers.map(({ moments }, l) =>
    reciprocalRoots(variances[l] ?? new Float64Array(), moments.far?.smoothing ?? 0)
  )
  return { inputs, norms: squaredNorms(inputs), variances, roots }
}
