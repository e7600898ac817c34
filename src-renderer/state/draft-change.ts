import type { Draft } from './draft'

/** What the parts of a draft are called where a change of them can be undone. */
const partNames: Readonly<Record<keyof Draft, string>> = {
  name: 'name',
  description: 'description',
  activation: 'activation',
  surrogate: 'surrogate derivative',
  depthHidden: 'hidden layers',
  sigmaW: 'σ_w',
  sigmaB: 'σ_b',
  outputScale: 'κ',
  layers: 'layers',
  output: 'output layer',
  parametrisation: 'parametrisation',
  otherData: 'data',
  trainFrom: 'training points',
  trainCount: 'training points',
  testCount: 'test points',
  dataSeed: 'seed of the data',
  widths: 'widths',
  sweepParameter: 'sweep',
  sweepValues: 'swept values',
  ensembleSize: 'networks per ensemble',
  steps: 'steps',
  optimiser: 'optimiser',
  learningRate: 'learning rate',
  loss: 'loss',
  lossReduction: 'loss',
  recordCount: 'recorded steps',
  recordSpacing: 'spacing of recorded steps',
  empiricalKernels: 'recorded kernels',
  seed: 'seed'
}

/** What one draft has that another has not. */
export interface DraftChange {
  /** Such as "Change σ_w". */
  readonly label: string
  /** The same for changes of the same fields, so that typing in one is undone at once. */
  readonly field: string
}

/** What changed from one draft to the next; null for nothing. */
export function draftChange(before: Draft, after: Draft): DraftChange | null {
  const paths = changedPaths(before, after)
  const [first] = paths
  if (first === undefined) return null
  const part = first.split('.')[0] as keyof Draft
  return { label: `Change ${partNames[part]}`, field: paths.join(' ') }
}

/** Where two values differ, such as 'layers.0.sigmaW'. */
function changedPaths(before: unknown, after: unknown, path = ''): string[] {
  if (before === after) return []
  if (!isKeyed(before) || !isKeyed(after)) return [path]
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...keys].flatMap((key) =>
    changedPaths(before[key], after[key], path === '' ? key : `${path}.${key}`)
  )
}

function isKeyed(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
