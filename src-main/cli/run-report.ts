import type { RunDetail } from '@shared/protocol/results'
import type { ArrayListing } from '../session/arrays'
import { writeKernelErrors } from './kernel-error-report'
import { writeLines, writeTable } from './output'

/**
 * Writes a run and its agreement with theory for people.
 *
 * @param arrays stored with it; left out, nothing is said of them
 */
export function writeRun(run: RunDetail, arrays?: readonly ArrayListing[]): void {
  const { experiment, environment } = run
  const { design, surrogate } = experiment
  const lines = [
    ['run', run.id],
    ['name', run.name],
    ['status', run.problem ? `${run.status}: ${run.problem}` : run.status],
    ['tags', [...(run.archived ? ['(archived)'] : []), ...run.tags].join(', ') || '–'],
    ['group', run.group ?? '–'],
    ['created', run.createdAt],
    ['computed', `${run.startedAt ?? '–'} to ${run.finishedAt ?? '–'}`],
    ['wall time', run.wallTimeMs === null ? '–' : `${(run.wallTimeMs / 1000).toFixed(1)} s`],
    [
      'computed on',
      environment
        ? `${environment.device}, TensorFlow ${environment.tensorflowVersion} (${environment.backend}), ` +
          `${environment.platform}, Tangent Lab ${environment.appVersion}`
        : '–'
    ],
    ['configuration', run.configHash],
    ['activation', JSON.stringify(design.activation)],
    ['surrogate', surrogate ? JSON.stringify(surrogate) : 'none: true derivative'],
    [
      'network',
      `${design.depthHidden} hidden layers, σ_w ${design.sigmaW}, σ_b ${design.sigmaB}, κ ${design.outputScale}`
    ],
    [
      'training',
      `${experiment.ensembleSize} networks per width, ${experiment.steps} steps, η ${run.stepSize.toPrecision(4)}, seed ${run.seed}`
    ],
    ['optimiser', `${JSON.stringify(experiment.optimiser)}, loss ${experiment.loss}`],
    ...(arrays ? [['stored', storedText(arrays)]] : []),
    ...run.warnings.map((warning) => ['warning', warning]),
    ...run.note.split('\n').flatMap((line) => (run.note === '' ? [] : [['note', line]]))
  ]
  writeLines(...lines.map(([key = '', value = '']) => `${key.padEnd(14)} ${value}`))
  if (run.ensembles.length === 0) return
  writeLines('', 'Agreement with theory over the test points, at the last step:')
  const number = (value: number | null | undefined, digits = 3): string =>
    value === null || value === undefined ? '–' : value.toPrecision(digits)
  writeTable(
    [
      'width',
      'condition',
      'GFLOP/s',
      'loss',
      'RMSE',
      'rms z',
      'p (mean)',
      'max |z|',
      'rms z (s.d.)',
      'p (s.d.)',
      'mean in band',
      'members in band',
      'RMSE to NNGP'
    ],
    run.ensembles.map(({ width, conditionLabel, finalLoss, agreement, flops, trainingMs }) => [
      String(width),
      conditionLabel || '–',
      number(flops && trainingMs ? flops / trainingMs / 1e6 : null),
      number(finalLoss),
      number(agreement?.rmse),
      number(agreement?.rmsZ),
      number(agreement?.verdict?.meanPValue),
      number(agreement?.maxAbsZ),
      number(agreement?.rmsZDeviation),
      number(agreement?.verdict?.spreadPValue),
      number(agreement?.meanInBand),
      number(agreement?.membersInBand),
      number(agreement?.rmseNngp)
    ])
  )
  writeKernelErrors(run.ensembles)
}

function storedText(arrays: readonly ArrayListing[]): string {
  const bytes = arrays.reduce((total, array) => total + array.bytes, 0)
  return `${arrays.length} arrays, ${(bytes / 1e6).toPrecision(3)} MB`
}
