import { activationDefinition, activations, type ActivationName } from '@shared/design/activation'
import type { DataDraft, DataField } from './data-draft'

const labels: Readonly<Record<string, string>> = {
  trainCount: 'Training points',
  testCount: 'Test points',
  seed: 'Seed',
  trainFrom: 'Training points are',
  dimension: 'Inputs, d',
  radius: 'Radius',
  deviation: 'Deviation of inputs',
  innerRadius: 'Inner radius',
  outerRadius: 'Outer radius',
  turns: 'Turns of an arm',
  threshold: 'Threshold',
  noise: 'Noise, deviation',
  'target.name': 'Target',
  'target.degree': 'Degree',
  'target.width': 'Width of the teacher',
  'target.activation.name': 'Its activation',
  classes: 'Classes, first to last',
  encoding: 'Targets of classes',
  inputScaling: 'Inputs',
  targetScaling: 'Targets',
  testShare: 'Share of test points'
}

const options: Readonly<Record<string, string>> = {
  grid: 'evenly spaced',
  test: 'from the test points',
  uniform: 'drawn uniformly',
  polynomial: 'polynomial',
  teacher: 'random network',
  none: 'as they are',
  standard: 'mean 0, deviation 1',
  sphere: 'on a sphere',
  sign: '−1 and +1',
  'one-hot': 'one output a class'
}

/** What a parameter of data is called. */
export function dataFieldLabel({ place }: DataField): string {
  return labels[place] ?? place.split('.').at(-1) ?? place
}

/** What one option of a choice is called. */
export function dataOptionLabel(option: string): string {
  if (option === '') return 'by the number of classes'
  return option in activations
    ? activationDefinition(option as ActivationName).title
    : (options[option] ?? option)
}

/** Fields that have a meaning with what the others are set to, and for the kind of targets. */
export function isRelevant(
  { place }: DataField,
  { texts, identity }: DataDraft,
  hasClasses: boolean
): boolean {
  const isTable = ['bundled', 'stored', 'file'].includes(identity.kind)
  if (place === 'radius' && isTable) return texts['inputScaling'] === 'sphere'
  if (place === 'classes' || place === 'encoding') return hasClasses
  if (place === 'targetScaling') return !hasClasses
  if (place === 'seed' && identity.kind === 'circle') return texts['trainFrom'] === 'test'
  return true
}
