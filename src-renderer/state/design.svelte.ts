import type { DatasetSpec } from '@shared/design/dataset'
import type { Experiment } from '@shared/design/experiment'
import type { Preset } from '@shared/design/preset'
import { checkDraft, nothingChecked } from './check-draft'
import type { Connection } from './connection.svelte'
import { draftFromExperiment, withData, type Draft } from './draft'

/** The preset that a new window starts from. */
const FIRST_PRESET = 'quick'

/** The experiment to be: a draft, begun from a preset or from a run. */
export class Design {
  presets = $state.raw<readonly Preset[]>([])
  /** '' where the draft was not begun from a preset. */
  presetId = $state('')
  /** null until there are presets to start from. */
  draft = $state.raw<Draft | null>(null)
  /** The draft as an experiment, and what is wrong with it. */
  readonly check = $derived(this.draft ? checkDraft(this.draft) : nothingChecked)

  constructor(private readonly connection: Connection) {}

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
    this.presetId = id
    this.draft = draftFromExperiment(preset.experiment)
  }

  /** Starts over from an experiment. */
  take(experiment: Experiment): void {
    this.presetId = ''
    this.draft = draftFromExperiment(experiment)
  }

  /** Takes other data into the draft. */
  takeData(data: DatasetSpec): void {
    if (this.draft) this.draft = withData(this.draft, data)
  }

  /** Changes the draft. */
  edit(change: Partial<Draft>): void {
    if (this.draft) this.draft = { ...this.draft, ...change }
  }
}
