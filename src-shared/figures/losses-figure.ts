import type { LossView } from '../protocol/results'
import { formatCount } from './numbers'
import { shortLabel } from './panel-place'
import { definePlot, type Plot, type SeriesInput } from './plot'

/** The losses of all ensembles of a run. */
export interface LossesView {
  readonly title: string
  readonly provenance: string
  readonly conditions: readonly string[]
  readonly ensembles: readonly (LossView & { readonly row: number })[]
}

/** An axis of training steps: step 0 has its own place. */
export const stepAxis = {
  label: 'training step',
  scale: 'log',
  zeroApart: true,
  fit: 'tight'
} as const

/** Training losses of all widths against the steps, with what is predicted; a panel a condition. */
export function lossesFigure({ title, provenance, conditions, ensembles }: LossesView): Plot {
  const widths = [...new Set(ensembles.map(({ width }) => width))]
  return definePlot({
    title,
    provenance,
    description: `Training losses of networks of widths ${widths.join(', ')} by step`,
    panels: conditions.map((condition, column) => {
      const here = ensembles.filter(({ row }) => row === column)
      const lines = here.flatMap(({ width, steps: x, mean, low, high }): SeriesInput[] => {
        const colour = widths.indexOf(width)
        const name = `width ${formatCount(width)}`
        return [
          {
            ...{ kind: 'band', name: `${name}, 5–95 %`, colour, x, low, high },
            ...{ opacity: 0.15, inLegend: false }
          },
          { kind: 'line', name, colour, x, y: mean }
        ]
      })
      const predicted = here.find((view) => view.predicted.length > 0)
      const prediction: SeriesInput[] = predicted
        ? [
            {
              ...{ kind: 'line', name: 'predicted loss', colour: 'points' },
              ...{ x: predicted.steps, y: predicted.predicted, dash: 'dashed', width: 1.8 }
            }
          ]
        : []
      return {
        column,
        title: shortLabel(condition),
        x: stepAxis,
        y: {
          label: 'loss',
          unit: here[0]?.loss === 'crossEntropy' ? 'Σ cross-entropy' : '½ Σ squared error',
          scale: 'log'
        },
        series: [...lines, ...prediction]
      }
    })
  })
}
