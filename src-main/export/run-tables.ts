import { resolveDataset } from '@shared/design/dataset'
import type { RunDetail } from '@shared/protocol/results'
import { arrayTable, type ArrayTable } from './array-tables'
import type { ExportSource } from './export-source'
import { pointsTable } from './points-table'
import type { RunTable } from './run-table'
import { agreementTable, kernelErrorTable } from './summary-tables'

const sets = (array: string, ...others: string[]) =>
  (['train', 'test'] as const).map((set) => ({
    label: set,
    arrays: [array, ...others].map((name) => set + name)
  }))

const arrayTables: readonly ArrayTable[] = [
  {
    name: 'outputs',
    description: 'one output of one network at one point after one recorded step',
    owner: 'ensemble',
    label: 'set',
    keys: ['step', 'member', 'point', 'output'],
    values: ['value'],
    parts: sets('Outputs')
  },
  {
    name: 'predictions',
    description: 'what theory predicts for one output at one point after one recorded step',
    owner: 'prediction',
    label: 'set',
    keys: ['step', 'point', 'output'],
    values: ['mean', 'standard_deviation'],
    parts: sets('Mean', 'Deviation')
  },
  {
    name: 'nngp_regression',
    description: 'the NNGP regression of one output at one test point',
    owner: 'prediction',
    keys: ['point', 'output'],
    values: ['mean', 'standard_deviation'],
    parts: [{ arrays: ['nngpMean', 'nngpDeviation'] }]
  },
  {
    name: 'losses',
    description: 'the training loss of one network after one recorded step',
    owner: 'ensemble',
    keys: ['step', 'member'],
    values: ['loss'],
    parts: [{ arrays: ['losses'] }]
  },
  {
    name: 'expected_losses',
    description: 'the expected training loss after one recorded step',
    owner: 'prediction',
    keys: ['step'],
    values: ['expected_loss'],
    parts: [{ arrays: ['expectedLoss'] }]
  },
  {
    name: 'weight_movement',
    description:
      'how far the weights of one layer of one network have moved, relative to their norm at the beginning',
    owner: 'ensemble',
    keys: ['step', 'layer', 'member'],
    values: ['relative_movement'],
    parts: [{ arrays: ['weightMovement'] }]
  }
]

const kernelTables: readonly ArrayTable[] = [
  {
    name: 'kernels',
    description:
      'one entry of an analytic kernel: the row is the first argument (true derivative), the column the second (surrogate)',
    owner: 'prediction',
    label: 'kernel',
    keys: ['row', 'column'],
    values: ['value'],
    parts: [
      { label: 'tangent test×train', arrays: ['kernelTestTrain'] },
      { label: 'tangent train×train', arrays: ['kernelTrainTrain'] },
      { label: 'nngp test×test', arrays: ['nngpTestTest'] },
      { label: 'nngp test×train', arrays: ['nngpTestTrain'] },
      { label: 'nngp train×train', arrays: ['nngpTrainTrain'] }
    ]
  },
  {
    name: 'empirical_kernels',
    description: 'one entry of the tangent kernel of one network after one step',
    owner: 'ensemble',
    keys: ['step', 'member', 'test_point', 'train_point'],
    values: ['value'],
    steps: 'empiricalSteps',
    parts: [{ arrays: ['empiricalKernels'] }]
  }
]

/**
 * All data of a run as long tables, one row an observation: the one description that CSV, JSON and
 * reports follow.
 *
 * @param options.kernels also those of kernels, which are large
 */
export function runTables(
  { session, tables }: ExportSource,
  run: RunDetail,
  { kernels }: { readonly kernels: boolean }
): RunTable[] {
  const listing = session.listArrays(run.id)
  const specs = kernels ? [...arrayTables, ...kernelTables] : arrayTables
  return [
    pointsTable(resolveDataset(run.experiment.data, tables)),
    ...specs
      .map((spec) => arrayTable(session, run, listing, spec))
      .filter((table) => table !== null),
    agreementTable(run),
    ...kernelErrorTable(run)
  ]
}
