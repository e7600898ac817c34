import { formatCount } from './numbers'
import { stepAxis } from './losses-figure'
import { shortLabel } from './panel-place'
import { definePlot, type Plot, type SeriesInput } from './plot'

/** ‖W − W₀‖/‖W₀‖ of every affine layer in training. */
export interface WeightMovementView {
  readonly title: string
  readonly provenance: string
  readonly conditions: readonly string[]
  /** Affine layers: hidden ones and the output. */
  readonly layers: number
  readonly ensembles: readonly {
    readonly row: number
    readonly width: number
    readonly steps: Float64Array
    /** By layer, over networks: mean, 5 % and 95 % quantiles at the recorded steps. */
    readonly layers: readonly {
      readonly mean: Float64Array
      readonly low: Float64Array
      readonly high: Float64Array
    }[]
  }[]
}

/** How far weights moved from where they started: a column a layer, a row a condition, a line a width. */
export function weightMovementFigure(view: WeightMovementView): Plot {
  const { title, provenance, conditions, layers, ensembles } = view
  const widths = [...new Set(ensembles.map(({ width }) => width))]
  const layerName = (layer: number): string =>
    layer === layers - 1 ? 'output layer' : `layer ${layer + 1}`
  return definePlot({
    title,
    provenance,
    description: 'Relative change of the weights of every layer by training step',
    columnTitles: Array.from({ length: layers }, (_, layer) => layerName(layer)),
    rowTitles: conditions.length > 1 ? conditions.map(shortLabel) : [],
    panels: conditions.flatMap((_, row) =>
      Array.from({ length: layers }, (__, column) => ({
        row,
        column,
        x: stepAxis,
        y: { label: '‖W − W₀‖ / ‖W₀‖', scale: 'log' as const },
        series: ensembles
          .filter((ensemble) => ensemble.row === row)
          .flatMap(({ width, steps: x, layers: moved }): SeriesInput[] => {
            const here = moved[column]
            if (!here) return []
            const colour = widths.indexOf(width)
            const name = `width ${formatCount(width)}`
            return [
              {
                ...{ kind: 'band', name: `${name}, 5–95 %`, colour, x, low: here.low },
                ...{ high: here.high, opacity: 0.15, inLegend: false }
              },
              { kind: 'line', name, colour, x, y: here.mean }
            ]
          })
      }))
    )
  })
}
