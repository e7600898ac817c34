import {
  layerLikeNetwork,
  withoutDegenerateKernels,
  type AffineDraft,
  type Draft,
  type LayerDraft
} from './draft'

/** As many hidden layers as a design can have. */
const MOST_LAYERS = 50

/** A change of the stack of hidden layers. */
export type LayersChange = Pick<Draft, 'layers' | 'depthHidden' | 'empiricalKernels'>

/** Whether the draft can have a layer more. */
export function canAddLayer({ layers }: Draft): boolean {
  return layers.length < MOST_LAYERS
}

/** Whether the draft can do without a layer. */
export function canRemoveLayer({ layers }: Draft): boolean {
  return layers.length > 1
}

/** A layer like the network, before the layer at a place or, at their number, after all. */
export function addLayer(draft: Draft, place: number): LayersChange {
  return changed(draft, draft.layers.toSpliced(place, 0, layerLikeNetwork()))
}

/** Another layer like the one at a place, after it. */
export function duplicateLayer(draft: Draft, place: number): LayersChange {
  const layer = { ...layerLikeNetwork(), ...draft.layers[place], id: layerLikeNetwork().id }
  return changed(draft, draft.layers.toSpliced(place + 1, 0, layer))
}

/** All layers but the one at a place. */
export function removeLayer(draft: Draft, place: number): LayersChange {
  return changed(draft, draft.layers.toSpliced(place, 1))
}

/** The layers with one of them moved to another place. */
export function moveLayer(draft: Draft, from: number, to: number): LayersChange {
  const moved = draft.layers.slice(from, from + 1)
  return changed(draft, draft.layers.toSpliced(from, 1).toSpliced(to, 0, ...moved))
}

/** One layer with something else of its own. */
export function changeLayer(
  draft: Draft,
  place: number,
  change: Partial<Omit<LayerDraft, 'id'>>
): LayersChange {
  return changed(
    draft,
    draft.layers.map((layer, l) => (l === place ? { ...layer, ...change } : layer))
  )
}

/** Whether a layer has anything of its own. */
export function hasOwn(layer: LayerDraft): boolean {
  return hasOwnAffine(layer) || layer.activation !== null || layer.surrogate !== null
}

/** Whether an affine map has σ_w or σ_b of its own. */
export function hasOwnAffine({ sigmaW, sigmaB }: AffineDraft): boolean {
  return sigmaW !== '' || sigmaB !== ''
}

function changed(draft: Draft, layers: readonly LayerDraft[]): LayersChange {
  const { empiricalKernels } = withoutDegenerateKernels({ ...draft, layers })
  return { layers, depthHidden: String(layers.length), empiricalKernels }
}
