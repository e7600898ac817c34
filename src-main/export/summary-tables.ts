import type { EnsembleSummary, RunDetail } from '@shared/protocol/results'
import type { Cell, RunTable } from './run-table'

const ensembleColumns = ['ensemble', 'width', 'condition'] as const

function ensembleCells({ index, width, conditionLabel }: EnsembleSummary): Cell[] {
  return [index, width, conditionLabel]
}

/** What is said of an ensemble at the last recorded step, by column. */
const summaries: Readonly<Record<string, (ensemble: EnsembleSummary) => Cell | undefined>> = {
  final_loss: ({ finalLoss }) => finalLoss,
  training_wall_time_ms: ({ trainingMs }) => trainingMs,
  floating_point_operations: ({ flops }) => flops,
  rmse: ({ agreement }) => agreement?.rmse,
  rms_z: ({ agreement }) => agreement?.rmsZ,
  max_abs_z: ({ agreement }) => agreement?.maxAbsZ,
  rms_z_deviation: ({ agreement }) => agreement?.rmsZDeviation,
  mean_in_band: ({ agreement }) => agreement?.meanInBand,
  members_in_band: ({ agreement }) => agreement?.membersInBand,
  rmse_nngp: ({ agreement }) => agreement?.rmseNngp,
  effective_points: ({ agreement }) => agreement?.verdict?.effectivePoints,
  mean_ratio: ({ agreement }) => agreement?.verdict?.meanRatio,
  mean_p_value: ({ agreement }) => agreement?.verdict?.meanPValue,
  spread_ratio: ({ agreement }) => agreement?.verdict?.spreadRatio,
  spread_p_value: ({ agreement }) => agreement?.verdict?.spreadPValue,
  agrees: ({ agreement }) => agreement?.verdict?.agrees
}

/** How well networks and theory agree over the test points at the last recorded step. */
export function agreementTable({ ensembles }: RunDetail): RunTable {
  return {
    name: 'agreement',
    description:
      'one ensemble against its prediction, over the test points at the last recorded step',
    columns: [...ensembleColumns, ...Object.keys(summaries)],
    rows: () =>
      ensembles.map((ensemble) => [
        ...ensembleCells(ensemble),
        ...Object.values(summaries).map((summary) => summary(ensemble) ?? null)
      ])
  }
}

/** How far recorded kernels are from the analytic one; none where no kernels were recorded. */
export function kernelErrorTable({ ensembles, stepSize }: RunDetail): RunTable[] {
  const rows = ensembles.flatMap((ensemble) =>
    (ensemble.agreement?.kernelErrors ?? []).map(
      ({ step, ofNetworks, ofMean, ofExpectation }): Cell[] => [
        ...ensembleCells(ensemble),
        ...[step, step * stepSize, ofNetworks, ofMean, ofExpectation]
      ]
    )
  )
  if (rows.length === 0) return []
  return [
    {
      name: 'kernel_errors',
      description:
        'relative distance of the kernels of one ensemble from the analytic one after one step, in Frobenius norms',
      columns: [
        ...ensembleColumns,
        ...['step', 'training_time', 'of_networks', 'of_mean', 'of_expectation']
      ],
      rows: () => rows
    }
  ]
}
