import type { PowerLaw } from '../protocol/comparison'
import { formatCount } from './numbers'
import { shortLabel } from './panel-place'
import { definePlot, type Plot, type SeriesInput } from './plot'

/** Mean squared errors of the networks' kernels against the width, at one condition and step. */
export interface KernelErrorPanel {
  readonly condition: string
  readonly step: number
  readonly widths: Float64Array
  /** Mean over entries of (K_e − K)²: one row a network, one entry a width. */
  readonly perNetwork: readonly Float64Array[]
  /** Of the mean kernel over networks. */
  readonly ofMean: Float64Array
  /** Of the mean squared error of single networks. */
  readonly fit: PowerLaw | null
}

export interface KernelErrorView {
  readonly title: string
  readonly provenance: string
  readonly kernelName: string
  readonly panels: readonly (KernelErrorPanel & { readonly row: number; readonly column: number })[]
}

/** How far kernels of finite networks are from the analytic one, and how fast that falls with the width. */
export function kernelErrorFigure({
  title,
  provenance,
  kernelName,
  panels
}: KernelErrorView): Plot {
  return definePlot({
    title,
    provenance,
    description: `Mean squared error of the networks' ${kernelName} against their width`,
    shareY: 'row',
    panels: panels.map(({ row, column, condition, step, ...panel }) => {
      const { widths: x, perNetwork, ofMean, fit } = panel
      const when = `step ${formatCount(step)}`
      return {
        row,
        column,
        title: `${condition === '' ? when : `${shortLabel(condition)}, ${when}`}${fit ? `: ${slopeText(fit)}` : ''}`,
        x: { label: 'width', scale: 'log' },
        y: { label: `mean squared error of ${kernelName}`, scale: 'log' },
        series: [
          { kind: 'members', name: 'single networks', colour: 'members', x, ys: [...perNetwork] },
          {
            ...{ kind: 'line', name: 'mean over networks', colour: 'ensemble', x, width: 2.4 },
            y: x.map((_, i) => average(perNetwork.map((errors) => errors[i] ?? NaN)))
          },
          {
            ...{ kind: 'line', name: 'error of the mean kernel', colour: 'nngp', x, y: ofMean },
            dash: 'dash-dotted'
          },
          ...(fit ? fitted(fit, x) : [])
        ]
      }
    })
  })
}

/** The line of a fit. */
function fitted({ exponent, prefactor }: PowerLaw, x: Float64Array): SeriesInput[] {
  return [
    {
      ...{ kind: 'line', name: 'fitted power law', colour: 'prediction', dash: 'dashed', x },
      y: x.map((width) => prefactor * width ** -exponent),
      width: 1.6
    }
  ]
}

/** "slope −1.02 (95 %: −1.27 to −0.76)". */
export function slopeText({ exponent, exponentInterval }: PowerLaw): string {
  const written = (value: number): string => value.toFixed(2).replace('-', '−')
  const [low, high] = exponentInterval ?? []
  const interval =
    low === undefined || high === undefined ? '' : ` (95 %: ${written(-high)} to ${written(-low)})`
  return `slope ${written(-exponent)}${interval}`
}

function average(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length
}
