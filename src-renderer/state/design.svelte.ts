import type { DatasetSpec } from '@shared/design/dataset'
import type { Experiment } from '@shared/design/experiment'
import type { Preset } from '@shared/design/preset'
import { checkDraft, nothingChecked } from './check-draft'
import type { Connection } from './connection.svelte'
import { draftFromExperiment, withData, type Draft } from './draft'
import { draftChange } from './draft-change'
import {
  addLayer,
  canAddLayer,
  canRemoveLayer,
  duplicateLayer,
  moveLayer,
  removeLayer,
  type LayersChange
} from './draft-layers'
import { History } from './history'

/** The preset that a new window starts from. */
const FIRST_PRESET = 'quick'

/** What the settings are shown of: all layers, the affine map to the output, or a layer by its id. */
export type DesignPart = 'network' | 'output' | (string & {})

interface State {
  readonly draft: Draft
  readonly presetId: string
}

/** The experiment to be: a draft, begun from a preset or from a run, whose changes can be undone. */
export class Design {
  presets = $state.raw<readonly Preset[]>([])
  /** '' where the draft was not begun from a preset. */
  presetId = $state('')
  /** null until there are presets to start from. */
  draft = $state.raw<Draft | null>(null)
  /** The draft as an experiment, and what is wrong with it. */
  readonly check = $derived(this.draft ? checkDraft(this.draft) : nothingChecked)
  /** What undo would take back, and redo do again; null for nothing. */
  undoLabel = $state<string | null>(null)
  redoLabel = $state<string | null>(null)
  /** The settings are shown as JSON. */
  asJson = $state(false)
  /** JSON as the user changed it, not taken over yet; null where it is that of the draft. */
  typedJson = $state<string | null>(null)
  private chosenPart = $state<DesignPart>('network')
  private readonly history = new History(() => {
    this.undoLabel = this.history.undoLabel
    this.redoLabel = this.history.redoLabel
  })

  constructor(private readonly connection: Connection) {}

  /** What the settings are shown of; a layer that is gone leaves all of them. */
  get part(): DesignPart {
    const isThere = this.chosenPart === 'output' || this.place(this.chosenPart) !== -1
    return isThere ? this.chosenPart : 'network'
  }

  /** The place of the hidden layer whose settings are shown; -1 where none is. */
  get layerPlace(): number {
    return this.place(this.part)
  }

  /** Shows the settings of a part of the network. */
  choosePart(part: DesignPart): void {
    this.chosenPart = part
  }

  /** Asks for the presets and begins with the first one. */
  async load(): Promise<void> {
    const presets = await this.connection.attempt((client) => client.request('preset.list', {}))
    if (!presets) return
    this.presets = presets
    if (!this.draft) this.choosePreset(FIRST_PRESET)
    if (!this.draft && presets[0]) this.choosePreset(presets[0].id)
  }

  /** Starts over from a preset. */
  choosePreset(id: string): void {
    const preset = this.presets.find((one) => one.id === id)
    if (!preset) return
    this.startOver(draftFromExperiment(preset.experiment), id, `Begin with ${preset.title}`)
  }

  /** Starts over from an experiment. */
  take(experiment: Experiment): void {
    this.startOver(draftFromExperiment(experiment), '', 'Take over another design')
  }

  /** Takes other data into the draft. */
  takeData(data: DatasetSpec): void {
    if (this.draft) this.edit(withData(this.draft, data))
  }

  /** Takes over an experiment that was stated as JSON. */
  takeJson(experiment: Experiment): void {
    this.typedJson = null
    this.startOver(draftFromExperiment(experiment), this.presetId, 'Apply JSON')
  }

  /** Changes the draft. */
  edit(change: Partial<Draft>): void {
    if (!this.draft) return
    const after = { ...this.draft, ...change }
    const changed = draftChange(this.draft, after)
    if (changed) this.change({ draft: after, presetId: this.presetId }, changed)
  }

  /** Adds a layer after the one whose settings are shown, or after all, and shows its settings. */
  addLayer(): void {
    const { draft, layerPlace } = this
    if (!draft || !canAddLayer(draft)) return
    const place = layerPlace === -1 ? draft.layers.length : layerPlace + 1
    this.editLayers(addLayer(draft, place), 'Add a layer', place)
  }

  /** Adds another layer like the one at a place, and shows its settings. */
  duplicateLayer(place: number): void {
    const { draft } = this
    if (!draft?.layers[place] || !canAddLayer(draft)) return
    this.editLayers(duplicateLayer(draft, place), 'Duplicate a layer', place + 1)
  }

  /** Removes the layer at a place, and shows the settings of its neighbour. */
  removeLayer(place: number): void {
    const { draft } = this
    if (!draft?.layers[place] || !canRemoveLayer(draft)) return
    const shown = Math.min(place, draft.layers.length - 2)
    this.editLayers(removeLayer(draft, place), 'Remove a layer', shown)
  }

  /** Moves a layer to another place. */
  moveLayer(from: number, to: number): void {
    const { draft } = this
    if (!draft?.layers[from] || !draft.layers[to]) return
    this.editLayers(moveLayer(draft, from, to), 'Move a layer', to)
  }

  /** Takes the last change of the draft back. */
  async undo(): Promise<void> {
    await this.history.undo()
  }

  /** Does again what was taken back last. */
  async redo(): Promise<void> {
    await this.history.redo()
  }

  private editLayers(change: LayersChange, label: string, shown: number): void {
    const { draft, presetId } = this
    if (!draft) return
    this.change({ draft: { ...draft, ...change }, presetId }, { label })
    this.chosenPart = change.layers[shown]?.id ?? 'network'
  }

  private place(part: DesignPart): number {
    return this.draft?.layers.findIndex(({ id }) => id === part) ?? -1
  }

  private startOver(draft: Draft, presetId: string, label: string): void {
    this.chosenPart = 'network'
    this.change({ draft, presetId }, { label })
  }

  private change(after: State, entry: { readonly label: string; readonly field?: string }): void {
    const before = this.draft && { draft: this.draft, presetId: this.presetId }
    this.show(after)
    if (!before) return
    const undo = (): void => {
      this.show(before)
    }
    const redo = (): void => {
      this.show(after)
    }
    this.history.add({ ...entry, undo, redo })
  }

  private show({ draft, presetId }: State): void {
    this.draft = draft
    this.presetId = presetId
  }
}
