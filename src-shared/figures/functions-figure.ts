import type { FunctionView } from '../protocol/results'
import { functionSeries } from './function-figure'
import { formatCount } from './numbers'
import { gridTitles, type EnsembleGrid, type PanelPlace } from './panel-place'
import { definePlot, type Plot } from './plot'

/** The functions of all widths and conditions of a run at one step. */
export interface FunctionsView {
  readonly title: string
  readonly provenance: string
  readonly step: number
  readonly grid: EnsembleGrid
  readonly panels: readonly (PanelPlace & { readonly view: FunctionView })[]
}

/** Ensembles against their predictions as small multiples over widths, as in the paper's Figure 3. */
export function functionsFigure({ title, provenance, step, grid, panels }: FunctionsView): Plot {
  return definePlot({
    title: `${title}, step ${formatCount(step)}`,
    provenance,
    description: `Outputs of networks of widths ${grid.widths.join(', ')} at step ${step}, against their predictions`,
    shareY: 'row',
    ...gridTitles(grid),
    panels: panels.map(({ row, column, view }) => ({
      row,
      column,
      x: { label: view.coordinateLabel, unit: view.coordinateUnit, fit: 'tight' },
      y: { label: 'network output' },
      series: functionSeries(view, false)
    }))
  })
}
