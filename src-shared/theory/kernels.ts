import { activationMath } from '../design/activation'
import type { ActivationMath } from '../design/activation-math'
import type { Matrix } from '../design/dataset'
import { networkLayers, type NetworkDesign } from '../design/network'
import { surrogateMath, type Surrogate } from '../design/surrogate'
import type { SurrogateMath } from '../design/surrogate-math'
import { firstLayerPair, firstLayerVariances } from './first-layer'
import type { KernelMatrix } from './kernel-matrix'
import { finish, type Stepwise } from './stepwise'
import {
  coincidentPair,
  exchanged,
  gramFromDistance,
  type GaussianPair
} from './moments/gaussian-pair'

/** The kernels of one design between two sets of points. */
export interface Kernels {
  /** Covariance of the outputs at initialisation. */
  readonly nngp: KernelMatrix
  /** Neural tangent kernel with the true derivative on both sides; entries may be ±∞. */
  readonly ntk: KernelMatrix
  /** True derivative on rows, surrogate on columns; null without a surrogate. */
  readonly sgNtk: KernelMatrix | null
}

/** Pairs by quadrature take up to a millisecond each. */
const PAIRS_A_PIECE = 32

interface Layer {
  readonly math: ActivationMath
  /** ψ; null where the true derivative stands on both sides. */
  readonly psi: SurrogateMath | null
  /** σ_w² and σ_b² of the affine map that follows this activation. */
  readonly weight: number
  readonly bias: number
}

/** What one pair of points carries through the layers. */
interface PairState extends GaussianPair {
  ntk: number
  /** I(x, x′) and, for the mirrored entry, I(x′, x). */
  sgNtk: number
  sgNtkMirrored: number
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
  const columns = second ?? first
  const { affine, hidden } = networkLayers(design, surrogate)
  const input = affine[0] ?? { sigmaW: 0, sigmaB: 0 }
  const layers = hidden.map((layer, l): Layer => {
    const next = affine[l + 1] ?? input
    return {
      math: activationMath(layer.activation),
      psi: layer.surrogate && surrogateMath(layer.surrogate),
      weight: next.sigmaW * next.sigmaW,
      bias: next.sigmaB * next.sigmaB
    }
  })
  const hasSurrogate = hidden.some((layer) => layer.surrogate !== null)
  const firstVariances = variancesByLayer(firstLayerVariances(first, input), layers)
  const secondVariances = second
    ? variancesByLayer(firstLayerVariances(second, input), layers)
    : firstVariances

  const [n, m] = [first.rows, columns.rows]
  const nngp = new Float64Array(n * m)
  const ntk = new Float64Array(n * m)
  const sgNtk = hasSurrogate ? new Float64Array(n * m) : null
  const state: PairState = { ...coincidentPair(0), ntk: 0, sgNtk: 0, sgNtkMirrored: 0 }
  for (let i = 0; i < n; i++) {
    for (let j = second ? 0 : i; j < m; j++) {
      if (j % PAIRS_A_PIECE === 0) yield
      firstLayerPair(first, i, columns, j, input, state)
      state.ntk = state.sgNtk = state.sgNtkMirrored = state.c
      layers.forEach((layer, l) => {
        const a = firstVariances[l + 1]?.[i] ?? NaN
        const b = secondVariances[l + 1]?.[j] ?? NaN
        advance(state, layer, a, b, hasSurrogate, second === null)
      })
      nngp[i * m + j] = state.c
      ntk[i * m + j] = state.ntk
      if (sgNtk) sgNtk[i * m + j] = state.sgNtk
      if (!second && j > i) {
        nngp[j * m + i] = state.c
        ntk[j * m + i] = state.ntk
        if (sgNtk) sgNtk[j * m + i] = state.sgNtkMirrored
      }
    }
  }
  const shape = { rows: n, columns: m }
  const symmetric = second === null
  return {
    nngp: { kind: 'nngp', values: nngp, ...shape, symmetric },
    ntk: { kind: 'ntk', values: ntk, ...shape, symmetric },
    sgNtk: sgNtk && { kind: 'sgNtk', values: sgNtk, ...shape, symmetric: false }
  }
}

/** S(x, x) before every activation and at the output: one array per affine layer. */
function variancesByLayer(firstLayer: Float64Array, layers: readonly Layer[]): Float64Array[] {
  const byLayer = [firstLayer]
  let current = firstLayer
  for (const { math, weight, bias } of layers) {
    current = current.map((variance) => weight * math.secondMoment(coincidentPair(variance)) + bias)
    byLayer.push(current)
  }
  return byLayer
}

/**
 * Carries a pair through one activation and the affine map after it.
 *
 * @param a the new variance at the first argument
 * @param b the new variance at the second argument
 * @param withSurrogate carries I(x, x′)
 * @param mirror carries I(x′, x) too
 */
function advance(
  state: PairState,
  { math, psi, weight, bias }: Layer,
  a: number,
  b: number,
  withSurrogate: boolean,
  mirror: boolean
): void {
  const second = math.secondMoment(state)
  const c = weight * second + bias
  const derivative = weight * math.derivativeMoment(state)
  state.ntk = c + growth(state.ntk, derivative)
  if (withSurrogate) {
    const factor = psi ? weight * math.surrogateMoment(state, psi) : derivative
    state.sgNtk = c + growth(state.sgNtk, factor)
    if (mirror) {
      const mirrored = psi ? weight * math.surrogateMoment(exchanged(state), psi) : derivative
      state.sgNtkMirrored = c + growth(state.sgNtkMirrored, mirrored)
    }
  }
  const unbiased = a + b - 2 * bias
  const distance = differenceAfter(state, math, weight, unbiased - 2 * weight * second)
  const sum = math.sumMoment
    ? weight * math.sumMoment(state)
    : Math.max(0, unbiased + 2 * weight * second)
  state.a = a
  state.b = b
  state.c = c
  state.distance = distance
  state.sum = sum + 4 * bias
  state.gram = gramFromDistance(a, b, c, state.distance, state.sum)
}

/** σ_w² E (φ(u) − φ(v))²: exactly 0 for equal inputs, without cancellation where a form is known. */
function differenceAfter(
  state: PairState,
  math: ActivationMath,
  weight: number,
  subtracted: number
): number {
  if (state.distance === 0) return 0
  return math.differenceMoment ? weight * math.differenceMoment(state) : Math.max(0, subtracted)
}

/**
 * kernel · factor, where 0 · ∞ is 0: a diverging factor is the limit m → ∞ of erf_m, and an exact
 * zero stays zero all the way there.
 */
function growth(kernel: number, factor: number): number {
  return kernel === 0 || factor === 0 ? 0 : kernel * factor
}
