import { intervalReach, type MeanInterval } from '../comparison/mean-interval'
import type { PowerLaw } from '../protocol/comparison'
import { slopeText } from './kernel-error-figure'
import { definePlot, type Plot, type SeriesInput } from './plot'

/** Kernel errors of networks of some runs that are equal but for their widths and seeds. */
export interface PooledErrors {
  readonly name: string
  readonly widths: Float64Array
  /** Over all networks of a width: mean over entries of (K_e − K)². */
  readonly errors: readonly (MeanInterval | null)[]
  readonly fit: PowerLaw | null
}

export interface PooledKernelErrorView {
  readonly runs: number
  readonly kernelName: string
  /** Before training, and after it where that was recorded. */
  readonly panels: readonly { readonly title: string; readonly series: readonly PooledErrors[] }[]
}

/** How far kernels of finite networks are from the analytic one by width, pooled over runs. */
export function pooledKernelErrorFigure({ runs, kernelName, panels }: PooledKernelErrorView): Plot {
  return definePlot({
    title: `Kernel error and width: mean ± 95 % interval over networks`,
    provenance: `${runs} ${runs === 1 ? 'run' : 'runs'} · dashed: fitted power laws`,
    description: `Mean squared error of the networks' ${kernelName} against their width`,
    shareY: 'row',
    panels: panels.map(({ title, series }, column) => ({
      column,
      title,
      x: { label: 'width', scale: 'log' },
      y: { label: `mean squared error of ${kernelName}`, scale: 'log' },
      series: series.flatMap(({ name, widths: x, errors, fit }, colour): SeriesInput[] => [
        {
          ...{ kind: 'points', name: fit ? `${name}: ${slopeText(fit)}` : name, colour, x },
          y: Float64Array.from(errors, (one) => one?.mean ?? NaN),
          yError: Float64Array.from(errors, intervalReach)
        },
        ...(fit ? [fitted(fit, `${name}, fit`, colour, x)] : [])
      ])
    }))
  })
}

function fitted(
  { exponent, prefactor }: PowerLaw,
  name: string,
  colour: number,
  x: Float64Array
): SeriesInput {
  return {
    ...{ kind: 'line', name, colour, x, inLegend: false, dash: 'dashed', width: 1.4 },
    y: x.map((width) => prefactor * width ** -exponent)
  }
}
