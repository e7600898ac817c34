import { z } from 'zod'
import { activationSchema, type Activation } from './activation'
import { finiteNumber, positiveNumber } from './parameters'
import { surrogateSchema, type Surrogate } from './surrogate'

const sigmaB = finiteNumber.min(0, 'sigmaB must not be negative')

/** What one layer has of its own; keys left out are those of the whole network. */
const layerOverridesSchema = z.strictObject({
  /** σ_w and σ_b of the affine map into this layer. */
  sigmaW: positiveNumber.optional(),
  sigmaB: sigmaB.optional(),
  /** φ and ψ of this layer; the last layer, the output, has none. */
  activation: activationSchema.optional(),
  surrogate: surrogateSchema.optional()
})

/** The keys of a network design; networkDesignSchema also checks that they fit one another. */
export const networkDesignShape = z.strictObject({
  /** L, the number of hidden layers: L activations, L + 1 affine maps. */
  depthHidden: z.int('depthHidden must be a whole number').min(1).max(50),
  activation: activationSchema,
  /** σ_w, the standard deviation of weights. */
  sigmaW: positiveNumber,
  /** σ_b, the standard deviation of biases. */
  sigmaB,
  /** κ: multiplies σ_w and σ_b of the last affine map, and so the scale of the initial outputs. */
  outputScale: positiveNumber.default(1),
  /** Layers that differ from the rest: L + 1 entries, from the first hidden layer to the output. */
  layers: z.array(layerOverridesSchema).optional(),
  /**
   * 'ntk': W, b ~ N(0, 1) and the factors σ_w/√n, σ_b stand in the forward pass. 'standard': weights
   * ~ N(0, σ_w²/n), biases ~ N(0, σ_b²), no factors. Both start as the same functions; gradient
   * descent moves them differently, and kernel theory here is that of 'ntk'.
   */
  parametrisation: z.enum(['ntk', 'standard']).default('ntk')
})

/**
 * A fully connected network, apart from its widths. In NTK parametrisation:
 * h¹ = (σ_w/√n₀) W¹x + σ_b b¹, hˡ⁺¹ = (σ_w/√n_l) Wˡ⁺¹ φ(hˡ) + σ_b bˡ⁺¹, all W, b ~ N(0, 1).
 */
export const networkDesignSchema = networkDesignShape.superRefine(checkLayers)
export type NetworkDesign = z.infer<typeof networkDesignSchema>

/** Complains of `layers` that do not fit the depth; for schemas that extend networkDesignShape. */
export function checkLayers(
  { depthHidden, layers }: Pick<NetworkDesign, 'depthHidden' | 'layers'>,
  context: z.core.$RefinementCtx
): void {
  if (!layers) return
  if (layers.length !== depthHidden + 1) {
    const message =
      `layers has ${layers.length} entries, but ${depthHidden} hidden layers and the output need ` +
      `${depthHidden + 1}: use {} for a layer like the rest`
    context.addIssue({ code: 'custom', path: ['layers'], message })
  }
  const last = layers.at(-1)
  if (layers.length === depthHidden + 1 && (last?.activation ?? last?.surrogate)) {
    context.addIssue({
      code: 'custom',
      path: ['layers', depthHidden],
      message: 'the output layer has no activation: state only its sigmaW and sigmaB'
    })
  }
}

/** One affine map: its σ_w and σ_b. */
export interface AffineLayer {
  readonly sigmaW: number
  readonly sigmaB: number
}

/** What follows a hidden layer's affine map: φ, and the ψ that replaces φ′ in the backward pass. */
export interface HiddenLayer {
  readonly activation: Activation
  /** null where the true derivative is used. */
  readonly surrogate: Surrogate | null
}

/** A design written out layer by layer: `affine` has one entry more than `hidden`. */
export interface NetworkLayers {
  readonly affine: readonly AffineLayer[]
  readonly hidden: readonly HiddenLayer[]
}

/**
 * Writes a design out layer by layer; kernels and training read nothing else of it.
 *
 * @param surrogate ψ of every layer that names none of its own
 */
export function networkLayers(design: NetworkDesign, surrogate: Surrogate | null): NetworkLayers {
  const { depthHidden, outputScale } = design
  const overrides = (l: number): NonNullable<NetworkDesign['layers']>[number] =>
    design.layers?.[l] ?? {}
  return {
    affine: Array.from({ length: depthHidden + 1 }, (_, l) => {
      const { sigmaW = design.sigmaW, sigmaB = design.sigmaB } = overrides(l)
      const scale = l === depthHidden ? outputScale : 1
      return { sigmaW: scale * sigmaW, sigmaB: scale * sigmaB }
    }),
    hidden: Array.from({ length: depthHidden }, (_, l) => ({
      activation: overrides(l).activation ?? design.activation,
      surrogate: overrides(l).surrogate ?? surrogate
    }))
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
