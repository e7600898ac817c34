import { activationMath, type Activation } from '../../design/activation'
import type { ActivationMath } from '../../design/activation-math'
import type { Matrix } from '../../design/dataset'
import { networkLayers, type AffineLayer, type NetworkDesign } from '../../design/network'
import type { Surrogate } from '../../design/surrogate'
import { firstLayerVariances, squaredNorms } from '../first-layer'
import { coincidentPair } from '../moments/gaussian-pair'
import { withSeries } from '../moments/series-moments'
import type { Stepwise } from '../stepwise'
import type { BatchMoments, FarMoments, SurrogateMoments } from './batch-moments'
import { reciprocalRoots } from './far-pairs'
import { keptSurrogateMath } from './kept-surrogate-math'
import { layerTables } from './layer-tables'
import { pairwiseMoments } from './pairwise-moments'

/** One activation and the affine map after it. */
export interface KernelLayer {
  readonly moments: Omit<BatchMoments, 'surrogate'>
  /** E φ′(u)ψ(v); null where the true derivative stands on both sides. */
  readonly surrogate: SurrogateMoments | null
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
  /** Whether all variances before an activation are one, as they are after any layer of sign. */
  readonly areAlike: readonly boolean[]
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
 * Every point's variance may take a quadrature a layer: a turn after each.
 *
 * @param surrogate ψ of every layer that names none of its own; without any ψ there is no SG-NTK
 */
export function* kernelPlan(
  design: NetworkDesign,
  surrogate: Surrogate | null,
  first: Matrix,
  second: Matrix | null
): Stepwise<KernelPlan> {
  const network = kernelNetwork(design, surrogate)
  const points = yield* kernelPoints(first, network)
  const others = second && (yield* kernelPoints(second, network))
  return planOf(design, surrogate, network, points, others)
}

/** The plan of points that another thread has prepared: plans cannot be sent, points can. */
export function planOfPoints(
  design: NetworkDesign,
  surrogate: Surrogate | null,
  first: KernelPoints,
  second: KernelPoints | null
): KernelPlan {
  return planOf(design, surrogate, kernelNetwork(design, surrogate), first, second)
}

type KernelNetwork = Pick<KernelPlan, 'input' | 'layers'>

function kernelNetwork(design: NetworkDesign, surrogate: Surrogate | null): KernelNetwork {
  const { affine, hidden } = networkLayers(design, surrogate)
  const input = affine[0] ?? { sigmaW: 0, sigmaB: 0 }
  // A formula is taken apart once, not for every layer.
  const bound = new Map<Activation, ActivationMath>()
  const layers = hidden.map((layer, l): KernelLayer => {
    const next = affine[l + 1] ?? input
    const math = bound.get(layer.activation) ?? withSeries(activationMath(layer.activation))
    bound.set(layer.activation, math)
    const moments = math.batch ?? pairwiseMoments(math)
    return {
      moments,
      surrogate: layer.surrogate && moments.surrogate(keptSurrogateMath(layer.surrogate)),
      secondMoment: (variance) => math.secondMoment(coincidentPair(variance)),
      weight: next.sigmaW * next.sigmaW,
      bias: next.sigmaB * next.sigmaB
    }
  })
  return { input, layers }
}

function planOf(
  design: NetworkDesign,
  surrogate: Surrogate | null,
  { input, layers }: KernelNetwork,
  points: KernelPoints,
  others: KernelPoints | null
): KernelPlan {
  const { rows } = points.inputs
  const pairs = others ? rows * others.inputs.rows : (rows * (rows + 1)) / 2
  const far = layers.flatMap(({ moments }) => moments.far ?? [])
  const tabulated = networkLayers(design, surrogate).hidden.map((layer, l) => {
    const variances = [points, others ?? points].map(
      (each) => each.variances[l] ?? new Float64Array(0)
    )
    return layerTables(layer.activation, layer.surrogate, variances, pairs)
  })
  return {
    input,
    layers: layers.map((layer, l) => ({ ...layer, ...tabulated[l] })),
    hasSurrogate: hasSurrogate(design, surrogate),
    far: far.length === layers.length ? far : null,
    first: points,
    second: others ?? points
  }
}

/** Whether some pairs go through quadrature: one takes microseconds to a millisecond then. */
export function isSlow({ layers }: KernelPlan): boolean {
  return layers.some(({ moments }) => moments.isSlow)
}

/** Whether any layer has a ψ, so that there is an SG-NTK. */
export function hasSurrogate(design: NetworkDesign, surrogate: Surrogate | null): boolean {
  return networkLayers(design, surrogate).hidden.some((layer) => layer.surrogate !== null)
}

function* kernelPoints(inputs: Matrix, { input, layers }: KernelNetwork): Stepwise<KernelPoints> {
  const norms = squaredNorms(inputs)
  let current = firstLayerVariances(norms, inputs.columns, input)
  const variances = [current]
  for (const { secondMoment, weight, bias } of layers) {
    // Points of one norm share their variances: one quadrature for all.
    const known = new Map<number, number>()
    for (const variance of current) {
      if (known.has(variance)) continue
      known.set(variance, weight * secondMoment(variance) + bias)
      yield
    }
    current = current.map((variance) => known.get(variance) ?? NaN)
    variances.push(current)
  }
  const roots = layers.map(({ moments }, l) =>
    reciprocalRoots(variances[l] ?? new Float64Array(), moments.far?.smoothing ?? 0)
  )
  const areAlike = variances.map((each) => each.every((variance) => variance === each[0]))
  return { inputs, norms, variances, roots, areAlike }
}
