import { formatCount } from './numbers'
import { stepAxis } from './losses-figure'
import { definePlot, type Plot } from './plot'

/** z = (ensemble mean − predicted)/(s/√n) at every test point and recorded step. */
export interface ZScoresView {
  readonly title: string
  readonly provenance: string
  readonly coordinateLabel: string
  readonly coordinateUnit: string
  /** Ascending. */
  readonly coordinate: Float64Array
  readonly steps: Float64Array
  /** Steps × points; NaN where all networks agree exactly. */
  readonly scores: Float64Array
}

/** Where and when the ensemble's mean differs from what is predicted by more than its own error. */
export function zScoresFigure(view: ZScoresView): Plot {
  const { coordinate, steps, scores } = view
  const rms = Float64Array.from(steps, (_, row) => {
    const finite = scores
      .subarray(row * coordinate.length, (row + 1) * coordinate.length)
      .filter(Number.isFinite)
    return Math.sqrt(finite.reduce((sum, z) => sum + z * z, 0) / finite.length)
  })
  return definePlot({
    title: view.title,
    provenance: view.provenance,
    description: 'z-scores of the mean of the ensemble against its prediction',
    shareX: 'none',
    shareY: 'none',
    legend: 'none',
    panels: [
      {
        title: 'z of the mean',
        x: { label: view.coordinateLabel, unit: view.coordinateUnit, fit: 'tight' },
        y: { label: 'recorded step', categories: [...steps].map(formatCount) },
        series: [
          {
            ...{ kind: 'heatmap', name: 'z', x: coordinate, y: steps.map((_, i) => i) },
            ...{ values: scores, map: 'diverging', label: 'z' }
          }
        ]
      },
      {
        column: 1,
        title: 'over all points',
        x: stepAxis,
        y: { label: 'rms z' },
        series: [
          { kind: 'line', name: 'rms z', colour: 'ensemble', x: steps, y: rms },
          { kind: 'reference', name: 'agreement', axis: 'y', value: 1 }
        ]
      }
    ]
  })
}
