import { z } from 'zod'
import { activationSchema, type Activation } from './activation'
import { finiteNumber, positiveNumber } from './parameters'

/**
 * A fully connected network in NTK parametrisation, apart from its widths:
 * h¹ = (σ_w/√n₀) W¹x + σ_b b¹, hˡ⁺¹ = (σ_w/√n_l) Wˡ⁺¹ φ(hˡ) + σ_b bˡ⁺¹, all W, b ~ N(0, 1).
 */
export const networkDesignSchema = z.strictObject({
  /** L, the number of hidden layers: L activations, L + 1 affine maps. */
  depthHidden: z.int('depthHidden must be a whole number').min(1).max(50),
  activation: activationSchema,
  /** σ_w, the standard deviation of weights. */
  sigmaW: positiveNumber,
  /** σ_b, the standard deviation of biases. */
  sigmaB: finiteNumber.min(0, 'sigmaB must not be negative'),
  /** κ: multiplies σ_w and σ_b of the last affine map, and so the scale of the initial outputs. */
  outputScale: positiveNumber.default(1)
})
export type NetworkDesign = z.infer<typeof networkDesignSchema>

/** One affine map: its σ_w and σ_b. */
export interface AffineLayer {
  readonly sigmaW: number
  readonly sigmaB: number
}

/** A design written out layer by layer: `affine` has one entry more than `activations`. */
export interface NetworkLayers {
  readonly affine: readonly AffineLayer[]
  readonly activations: readonly Activation[]
}

/** Writes a design out layer by layer; kernels and training read nothing else of it. */
export function networkLayers(design: NetworkDesign): NetworkLayers {
  const { depthHidden, activation, sigmaW, sigmaB, outputScale } = design
  const hidden = Array.from({ length: depthHidden }, () => ({ sigmaW, sigmaB }))
  return {
    affine: [...hidden, { sigmaW: outputScale * sigmaW, sigmaB: outputScale * sigmaB }],
    activations: hidden.map(() => activation)
  }
}

/** The numbers of units from input to output for hidden layers of equal width. */
export function layerSizes(
  design: NetworkDesign,
  inputs: number,
  width: number,
  outputs: number
): number[] {
  return [inputs, ...Array.from({ length: design.depthHidden }, () => width), outputs]
}

/** The number of weights and biases between layers of these sizes. */
export function parameterCount(sizes: readonly number[]): number {
  let total = 0
  for (let layer = 1; layer < sizes.length; layer++) {
    total += ((sizes[layer - 1] ?? 0) + 1) * (sizes[layer] ?? 0)
  }
  return total
}
