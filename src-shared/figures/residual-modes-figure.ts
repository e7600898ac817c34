import { finiteRange } from './axes'
import { formatCount, formatNumber } from './numbers'
import { stepAxis } from './losses-figure'
import { definePlot, type Plot, type SeriesInput } from './plot'

/** What is left to learn along one left eigenvector w of the kernel: |wᵀ(f − y)|. */
export interface ResidualMode {
  readonly real: number
  /** Above 0 for a complex pair, which is one mode. */
  readonly imaginary: number
  /** Of the mean over networks, at the recorded steps. */
  readonly ensemble: Float64Array
  /** |1 − ηλ|^k of the predicted start. */
  readonly predicted: Float64Array
  /** Standard error of the ensemble's mean residual. */
  readonly error: Float64Array
}

export interface ResidualModesView {
  readonly title: string
  readonly provenance: string
  readonly width: number
  readonly steps: Float64Array
  /** Largest eigenvalues first. */
  readonly modes: readonly ResidualMode[]
}

/** Residuals of the training points by eigenmodes of the analytic kernel, against what is predicted of each. */
export function residualModesFigure(view: ResidualModesView): Plot {
  const { title, provenance, width, steps: x, modes } = view
  // Predictions fall without end: the axis is that of the networks.
  const reached = finiteRange(modes.map(({ ensemble }) => ensemble.filter((value) => value > 0)))
  const range: [number, number] | null = reached && [reached[0] / 4, reached[1] * 2]
  return definePlot({
    title,
    provenance,
    description: `Residuals of networks of width ${formatCount(width)} along the eigenmodes of the kernel`,
    panels: [
      {
        x: stepAxis,
        y: { label: 'residual along eigenmode', unit: '|w · (f − y)|', scale: 'log', range },
        series: modes.flatMap(({ ensemble, predicted, ...mode }, colour): SeriesInput[] => {
          const name = modeName(mode)
          return [
            { kind: 'line', name, colour, x, y: ensemble, deviation: mode.error },
            {
              ...{ kind: 'line', name: `${name}, predicted`, colour, x, y: predicted },
              ...{ dash: 'dashed', width: 1.6, inLegend: false }
            }
          ]
        })
      }
    ]
  })
}

/** "λ = 3.2", or of a complex pair "λ = 3.2 ± 0.1 i (pair)". */
function modeName({ real, imaginary }: Pick<ResidualMode, 'real' | 'imaginary'>): string {
  const value = formatNumber(real)
  return imaginary === 0 ? `λ = ${value}` : `λ = ${value} ± ${formatNumber(imaginary)} i (pair)`
}
