import type { Matrix } from '../design/dataset'
import type { NetworkDesign } from '../design/network'
import type { Surrogate } from '../design/surrogate'
import { computeKernels } from './kernels'

/** Where a kernel between two inputs of equal norm comes from, layer by layer, over their angle. */
export interface KernelProfile {
  /** α in radians, from the caller. */
  readonly angles: Float64Array
  /** K(α) at the output: SG-NTK, or NTK without a surrogate; may be +∞. */
  readonly kernel: Float64Array
  /** S of every affine layer, l = 0 … L, one array each. */
  readonly nngp: readonly Float64Array[]
  /**
   * f of every activation: σ_w² E φ′(u)ψ(v), so that K⁺ = S⁺ + K f, l = 1 … L; NaN where K = 0, which
   * leaves f undetermined.
   */
  readonly factors: readonly Float64Array[]
  /** S_l f_{l+1} … f_L: what training layer l's weights and biases adds to the kernel; they sum to it. */
  readonly contributions: readonly Float64Array[]
  /** K(0)/K(α). */
  readonly diagonalRatio: Float64Array
}

/**
 * The kernel between inputs x = r(1, 0) and x′ = r(cos α, sin α), split into the layers that it comes
 * from: K = Σ_l S_l Π_{j>l} f_j. How sharply each layer depends on α shows where ψ regularises.
 *
 * @param radius r; inputs of dimension n₀ and norm |x| correspond to r = |x|√(2/n₀)
 * @param angles α; points are exact at 0
 */
export function kernelProfile(
  design: NetworkDesign,
  surrogate: Surrogate | null,
  radius: number,
  angles: Float64Array
): KernelProfile {
  const stages = Array.from({ length: design.depthHidden + 1 }, (_, l) =>
    profile(truncated(design, l), surrogate, radius, angles)
  )
  const nngp = stages.map((stage) => stage.nngp)
  const kernels = stages.map((stage) => stage.kernel)
  const factors = kernels.slice(1).map((later, l) =>
    later.map((value, i) => {
      const before = kernels[l]?.[i] ?? NaN
      return Number.isFinite(value)
        ? (value - (nngp[l + 1]?.[i] ?? NaN)) / before
        : Math.sign(before) * value
    })
  )
  const kernel = kernels.at(-1) ?? new Float64Array()
  const atZero = profile(design, surrogate, radius, Float64Array.of(0)).kernel[0] ?? NaN
  return {
    angles,
    kernel,
    nngp,
    factors,
    contributions: nngp.map((S, l) =>
      S.map((value, i) =>
        factors
          .slice(l)
          .reduce((product, factor) => (product === 0 ? 0 : product * (factor[i] ?? NaN)), value)
      )
    ),
    diagonalRatio: kernel.map((value) => atZero / value)
  }
}

/** Angles between which the width is looked for; narrower peaks count as of no width. */
const NARROWEST = 1e-9

/**
 * The effective width of a kernel: the angle at which it has fallen to half of its value at
 * coinciding inputs; 0 for a singular one, null where it stays above half up to opposite inputs.
 *
 * @param radius as of kernelProfile
 */
export function halfWidth(
  design: NetworkDesign,
  surrogate: Surrogate | null,
  radius: number
): number | null {
  const at = (angles: Float64Array) => profile(design, surrogate, radius, angles).kernel
  const peak = at(Float64Array.of(0))[0] ?? NaN
  if (peak === Infinity) return 0
  let [low, high] = [NARROWEST, Math.PI]
  // Each round looks at 64 angles between the last two, evenly spaced in their logarithm.
  for (let round = 0; round < 9; round++) {
    const ratio = high / low
    const angles = Float64Array.from({ length: 65 }, (_, i) => low * ratio ** (i / 64))
    const below = at(angles).findIndex((value) => value <= peak / 2)
    if (below === -1) return round === 0 ? null : high
    if (below === 0) return low
    ;[low, high] = [angles[below - 1] ?? NaN, angles[below] ?? NaN]
  }
  return (low + high) / 2
}

/** K and S between the points at these angles (first argument) and the one at angle 0. */
function profile(
  design: NetworkDesign,
  surrogate: Surrogate | null,
  radius: number,
  angles: Float64Array
): { kernel: Float64Array; nngp: Float64Array } {
  const { nngp, ntk, sgNtk } = computeKernels(
    design,
    surrogate,
    onCircle(radius, angles),
    onCircle(radius, Float64Array.of(0))
  )
  return { kernel: (sgNtk ?? ntk).values, nngp: nngp.values }
}

function onCircle(radius: number, angles: Float64Array): Matrix {
  const values = new Float64Array(2 * angles.length)
  angles.forEach((angle, i) => {
    values[2 * i] = radius * Math.cos(angle)
    values[2 * i + 1] = radius * Math.sin(angle)
  })
  return { values, rows: angles.length, columns: 2 }
}

/** The network up to its affine map number `hidden` (0: the first alone), whose outputs are its outputs. */
function truncated(design: NetworkDesign, hidden: number): NetworkDesign {
  if (hidden === design.depthHidden) return design
  const layers = design.layers?.slice(0, hidden + 1).map((layer, l) => {
    if (l < hidden) return layer
    const { sigmaW, sigmaB } = layer
    return {
      ...(sigmaW === undefined ? {} : { sigmaW }),
      ...(sigmaB === undefined ? {} : { sigmaB })
    }
  })
  return { ...design, depthHidden: hidden, outputScale: 1, layers }
}
