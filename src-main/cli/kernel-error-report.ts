import { fitPowerLaw } from '@shared/comparison/power-law'
import type { PowerLaw } from '@shared/protocol/comparison'
import type { EnsembleSummary } from '@shared/protocol/results'
import { writeLines, writeTable } from './output'

interface Row {
  readonly condition: string
  readonly step: number
  readonly width: number
  readonly ofNetworks: number
  readonly ofMean: number
  readonly ofExpectation: number | null
}

/** Writes how far the networks' own kernels are from the analytic one, and how that falls with width. */
export function writeKernelErrors(ensembles: readonly EnsembleSummary[]): void {
  const rows = ensembles.flatMap(({ width, conditionLabel, agreement }): Row[] =>
    (agreement?.kernelErrors ?? []).map((error) => ({
      ...{ condition: conditionLabel || '–', width },
      ...error
    }))
  )
  if (rows.length === 0) return
  writeLines(
    '',
    'Kernels of the networks against the analytic one, ‖Θ − K‖/‖K‖, test × training points:'
  )
  writeTable(
    ['condition', 'step', 'width', 'of a network', 'of the mean', 'of infinitely many'],
    rows.map(({ condition, step, width, ofNetworks, ofMean, ofExpectation }) => [
      ...[condition, String(step), String(width)],
      ...[ofNetworks, ofMean].map((value) => value.toPrecision(3)),
      ofExpectation === null ? '–' : ofExpectation.toPrecision(3)
    ])
  )
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = `${row.condition} ${row.step}`
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  const fits = [...groups.values()].flatMap((group) => {
    const [first] = group
    const law = (value: (row: Row) => number): PowerLaw | null =>
      fitPowerLaw(group.map((row) => ({ width: row.width, value: value(row) })))
    const single = law(({ ofNetworks }) => ofNetworks)
    const mean = law(({ ofMean }) => ofMean)
    if (!first || !single || !mean) return []
    return [[first.condition, String(first.step), exponentOf(single), exponentOf(mean)]]
  })
  if (fits.length === 0) return
  writeLines(
    '',
    'Fall with width as width^(−exponent), with 95 % intervals from the scatter of widths:'
  )
  writeTable(['condition', 'step', 'of a network', 'of the mean'], fits)
}

function exponentOf({ exponent, exponentInterval }: PowerLaw): string {
  const interval = exponentInterval?.map((value) => value.toPrecision(2)).join(' … ')
  return `${exponent.toPrecision(3)}${interval ? ` (${interval})` : ''}`
}
