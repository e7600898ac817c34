import { activationDefinition } from '@shared/design/activation'
import { networkLayers, type NetworkDesign } from '@shared/design/network'

/** Why an empirical kernel of step functions says little, and what to compute instead. */
export interface DegenerateKernel {
  readonly kind: 'degenerate'
  /** Hidden layers, counted from 1, whose true derivative is zero almost everywhere. */
  readonly stepLayers: readonly number[]
  /** The lowest affine layer, counted from 1, that the kernels contain. */
  readonly lowestLayer: number
  readonly message: string
}

/**
 * What becomes of J Jᵀ and J J̃ᵀ where an activation is a step function: φ′ = 0 almost everywhere, so
 * the true Jacobian vanishes below the last step. null where every activation has a derivative.
 */
export function degenerateKernel(design: NetworkDesign): DegenerateKernel | null {
  const steps = networkLayers(design, null).hidden.flatMap(({ activation }, l) =>
    activationDefinition(activation.name).isStep ? [{ layer: l + 1, name: activation.name }] : []
  )
  const highest = steps.at(-1)
  if (!highest) return null
  const lowestLayer = highest.layer + 1
  const total = design.depthHidden + 1
  return {
    kind: 'degenerate',
    stepLayers: steps.map(({ layer }) => layer),
    lowestLayer,
    message:
      `The true derivative of ${highest.name} is zero almost everywhere, so the empirical NTK and ` +
      `SG-NTK contain nothing of the parameters below affine layer ${lowestLayer} of ${total}. ` +
      'They do not tend to the analytic SG-NTK, which is the limit of smooth activations ever ' +
      'closer to the step: ask for the kernels of such a network with ' +
      '"standIn": {"name": "erf", "m": 20}, and raise m. (Its NTK diverges with m; its SG-NTK does not.)'
  }
}
