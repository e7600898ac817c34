import { stepPace } from '@shared/design/experiment'
import type { EnsembleSummary, RunDetail } from '@shared/protocol/results'
import { ensembleTable } from '../export/ensemble-columns'
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
  const pace = stepPace(experiment, run.stepSize)
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
      `${design.depthHidden} hidden layers, σ_w ${design.sigmaW}, σ_b ${design.sigmaB}, ` +
        `κ ${design.outputScale}, ${design.parametrisation} parametrisation`
    ],
    [
      'training',
      `${experiment.ensembleSize} networks per width, ${experiment.steps} steps, ` +
        `${pace.name} ${pace.value.toPrecision(4)}, seed ${run.seed}`
    ],
    ['optimiser', `${JSON.stringify(experiment.optimiser)}, loss ${experiment.loss}`],
    ...(arrays ? [['stored', storedText(arrays)]] : []),
    ...run.warnings.map((warning) => ['warning', warning]),
    ...run.note.split('\n').flatMap((line) => (run.note === '' ? [] : [['note', line]]))
  ]
  writeLines(...lines.map(([key = '', value = '']) => `${key.padEnd(14)} ${value}`))
  if (run.ensembles.length === 0) return
  const { caption, columns } = ensembleTable(run.ensembles)
  writeLines('', `${caption}:`)
  const text = (value: number | string | null): string =>
    typeof value === 'number' ? value.toPrecision(3) : (value ?? '–')
  writeTable(
    [...columns.map(({ name }) => name), 'GFLOP/s'],
    run.ensembles.map((ensemble) =>
      [...columns.map(({ value }) => value(ensemble)), speed(ensemble)].map(text)
    )
  )
  writeKernelErrors(run.ensembles)
}

/** GFLOP/s of training; null where it was not measured. */
function speed({ flops, trainingMs }: EnsembleSummary): number | null {
  return flops && trainingMs ? flops / trainingMs / 1e6 : null
}

function storedText(arrays: readonly ArrayListing[]): string {
  const bytes = arrays.reduce((total, array) => total + array.bytes, 0)
  return `${arrays.length} arrays, ${(bytes / 1e6).toPrecision(3)} MB`
}
