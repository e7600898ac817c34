import { formatCount, formatNumber } from './numbers'
import { gridTitles, type EnsembleGrid, type PanelPlace } from './panel-place'
import { definePlot, type Plot, type SeriesInput } from './plot'

/** Kernels K(x, x′) at one training point x′, over the test points x. */
export interface KernelSlicesView {
  readonly title: string
  readonly provenance: string
  /** "SG-NTK" or "NTK". */
  readonly kernelName: string
  readonly coordinateLabel: string
  readonly coordinateUnit: string
  /** The coordinate of x′. */
  readonly at: number
  readonly grid: EnsembleGrid
  readonly panels: readonly (PanelPlace & {
    /** Ascending. */
    readonly x: Float64Array
    readonly analytic: Float64Array | null
    /** Of the networks at recorded steps; one row a network. */
    readonly steps: readonly { readonly step: number; readonly kernels: readonly Float64Array[] }[]
  })[]
}

/** Colours of networks at the first and the last recorded step. */
const stepColours = ['ensemble', 'nngp'] as const

/** Empirical against analytic kernels as small multiples over m and width, as in the paper's Figures 1 and 2. */
export function kernelSlicesFigure(view: KernelSlicesView): Plot {
  const { kernelName, grid } = view
  const at = formatNumber(view.at)
  return definePlot({
    title: view.title,
    provenance: view.provenance,
    description: `${kernelName} of networks and of theory at ${view.coordinateLabel} = ${at}, over the test points`,
    shareY: 'row',
    ...gridTitles(grid),
    panels: view.panels.map(({ row, column, x, analytic, steps }) => ({
      row,
      column,
      x: { label: view.coordinateLabel, unit: view.coordinateUnit, fit: 'tight' },
      y: { label: `${kernelName}(·, ${at})` },
      series: [
        ...steps.flatMap(({ step, kernels }, i): SeriesInput[] => {
          const colour = stepColours[i === 0 ? 0 : 1]
          const when = `step ${formatCount(step)}`
          return [
            {
              ...{ kind: 'members', name: `networks at ${when}`, colour, x, ys: [...kernels] },
              ...{ opacity: 0.25, legendRank: 2 }
            },
            {
              ...{ kind: 'line', name: `their mean at ${when}`, colour, x, y: meanOf(kernels) },
              ...{ width: 2, legendRank: 1 }
            }
          ]
        }),
        ...(analytic
          ? [
              {
                ...{ kind: 'line', name: `analytic ${kernelName}`, colour: 'prediction', x },
                ...{ y: analytic, dash: 'dashed', legendRank: 0, width: 1.8 }
              } satisfies SeriesInput
            ]
          : [])
      ]
    }))
  })
}

/** The mean of several rows. */
export function meanOf(rows: readonly Float64Array[]): Float64Array {
  return Float64Array.from(rows[0] ?? [], (_, i) =>
    rows.reduce((total, row) => total + (row[i] ?? NaN) / rows.length, 0)
  )
}
