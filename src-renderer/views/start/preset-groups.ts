import type { Preset } from '@shared/design/preset'

/** Presets that belong together, under a title. */
export interface PresetGroup {
  readonly title: string
  readonly about: string
  readonly presets: readonly Preset[]
}

interface GroupRule {
  readonly title: string
  readonly about: string
  belongs(preset: Preset): boolean
}

/** The first rule that a preset meets is its group's. */
const rules: readonly GroupRule[] = [
  {
    title: 'First look',
    about: 'Seconds on two processor cores.',
    belongs: ({ id }) => id.startsWith('quick')
  },
  {
    title: 'Ill-posedness',
    about: 'The NTK of ever steeper activations, trained with the true derivative.',
    belongs: ({ experiment }) => experiment.surrogate === null
  },
  {
    title: 'Compare surrogates',
    about: 'The same networks with another function in the backward pass.',
    belongs: ({ id, experiment }) => id.startsWith('figure-2') || experiment.sweep !== null
  },
  {
    title: 'Surrogate gradient learning',
    about: 'Step networks against the SG-NTK prediction, in full.',
    belongs: () => true
  }
]

/** The presets by what they are for; groups without any are left out. */
export function presetGroups(presets: readonly Preset[]): PresetGroup[] {
  const ruleOf = (preset: Preset): GroupRule | undefined =>
    rules.find((rule) => rule.belongs(preset))
  return rules
    .map((rule) => ({
      title: rule.title,
      about: rule.about,
      presets: presets.filter((preset) => ruleOf(preset) === rule)
    }))
    .filter((group) => group.presets.length > 0)
}
