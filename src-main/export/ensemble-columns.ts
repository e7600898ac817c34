import type { EnsembleSummary } from '@shared/protocol/results'

/** One column of a table of a run's ensembles. */
interface EnsembleColumn {
  readonly name: string
  /** A number is written as its table writes numbers; null where there is none. */
  readonly value: (ensemble: EnsembleSummary) => number | string | null
}

/** What can be said of ensembles at the last step, a row each. */
interface EnsembleTable {
  readonly caption: string
  readonly columns: readonly EnsembleColumn[]
}

const own: readonly EnsembleColumn[] = [
  { name: 'width', value: ({ width }) => String(width) },
  { name: 'condition', value: ({ conditionLabel }) => conditionLabel || '–' },
  { name: 'loss', value: ({ finalLoss }) => finalLoss }
]

const withTheory: readonly EnsembleColumn[] = [
  { name: 'RMSE', value: ({ agreement }) => agreement?.rmse ?? null },
  { name: 'rms z', value: ({ agreement }) => agreement?.rmsZ ?? null },
  { name: 'p (mean)', value: ({ agreement }) => agreement?.verdict?.meanPValue ?? null },
  { name: 'max |z|', value: ({ agreement }) => agreement?.maxAbsZ ?? null },
  { name: 'rms z (s.d.)', value: ({ agreement }) => agreement?.rmsZDeviation ?? null },
  { name: 'p (s.d.)', value: ({ agreement }) => agreement?.verdict?.spreadPValue ?? null },
  { name: 'mean in band', value: ({ agreement }) => agreement?.meanInBand ?? null },
  { name: 'members in band', value: ({ agreement }) => agreement?.membersInBand ?? null },
  { name: 'RMSE to NNGP', value: ({ agreement }) => agreement?.rmseNngp ?? null }
]

/** Columns of agreement with theory appear where any ensemble was predicted: never all empty. */
export function ensembleTable(ensembles: readonly EnsembleSummary[]): EnsembleTable {
  return ensembles.some(({ agreement }) => agreement !== null)
    ? {
        caption: 'Agreement with theory over the test points at the last step',
        columns: [...own, ...withTheory]
      }
    : {
        caption: 'Trained networks at the last step; there is no prediction to compare with',
        columns: own
      }
}
