import type { LossView } from '../protocol/results'
import { formatCount } from './numbers'
import { definePlot, type Plot, type SeriesInput } from './plot'

/**
 * Training loss of an ensemble against the steps, both logarithmic, with the expected loss that is
 * predicted. Step 0 is set apart from the others, and the lines do not reach it.
 */
export function lossFigure(view: LossView): Plot {
  const { steps: x, mean, low, high, predicted } = view
  const series: SeriesInput[] = [
    { kind: 'line', name: 'mean loss', colour: 'ensemble', x, y: mean, width: 2.4 },
    {
      ...{ kind: 'band', name: '5–95 % of networks', colour: 'members', x, low, high },
      opacity: 0.32
    }
  ]
  if (predicted.length > 0) {
    series.push({
      ...{ kind: 'line', name: 'predicted loss', colour: 'prediction', x, y: predicted },
      dash: 'dashed'
    })
  }
  const apart = x.includes(0)
  const condition = view.conditionLabel === '' ? '' : `, ${view.conditionLabel}`
  return definePlot({
    title: `width ${formatCount(view.width)}${condition}`,
    provenance: view.provenance,
    description: `Training loss of networks of width ${view.width} by step`,
    panels: [
      {
        x: {
          label: apart ? 'training step (step 0 set apart)' : 'training step',
          scale: 'log',
          zeroApart: true,
          fit: 'tight'
        },
        y: {
          label: 'loss',
          unit: view.loss === 'mse' ? '½ Σ squared error' : 'Σ cross-entropy',
          scale: 'log'
        },
        series
      }
    ]
  })
}
