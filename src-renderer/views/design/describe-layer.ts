import { activationDefinition } from '@shared/design/activation'
import { surrogateDefinition } from '@shared/design/surrogate'
import type { DesignPart } from '../../state/design.svelte'
import type { AffineDraft, Draft, LayerDraft } from '../../state/draft'

/** φ of a layer, or of the network. */
export function describeActivation(draft: Draft, layer?: LayerDraft): string {
  return activationDefinition((layer?.activation ?? draft.activation).name).title
}

/** ψ of a layer, or of the network. */
export function describeSurrogate(draft: Draft, layer?: LayerDraft): string {
  const surrogate = layer?.surrogate ?? draft.surrogate
  return surrogate ? `ψ: ${surrogateDefinition(surrogate.name).title}` : 'true derivative'
}

/** σ_w and σ_b of a layer, or of the network. */
export function describeAffine(draft: Draft, affine: AffineDraft = draft): string {
  const { sigmaW, sigmaB } = affine
  return `σw ${sigmaW || draft.sigmaW} · σb ${sigmaB || draft.sigmaB}`
}

/** The part of the network that a problem's place belongs to; null for what has other fields. */
export function partOfProblem(draft: Draft, at: string): DesignPart | null {
  const place = /^design\.layers\.(\d+)/.exec(at)?.[1]
  if (place !== undefined) return draft.layers[Number(place)]?.id ?? 'output'
  return /^(design|surrogate)\b/.test(at) ? 'network' : null
}
