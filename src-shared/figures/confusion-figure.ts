import { formatNumber } from './numbers'
import { definePlot, type Plot } from './plot'

/** How often points of one class (rows) were given another (columns). */
export interface Confusion {
  readonly title: string
  /** What the rows and columns are. */
  readonly rows: string
  readonly columns: string
  /** Classes × classes, row-major. */
  readonly counts: Float64Array
}

export interface ConfusionView {
  readonly title: string
  readonly provenance: string
  readonly classes: readonly string[]
  readonly matrices: readonly Confusion[]
}

/** Confusion matrices side by side, with the share of points on the diagonal. */
export function confusionFigure({ title, provenance, classes, matrices }: ConfusionView): Plot {
  const places = Float64Array.from(classes.keys())
  const largest = Math.max(1, ...matrices.flatMap(({ counts }) => [...counts]))
  return definePlot({
    title,
    provenance,
    description: `Confusion matrices of ${classes.length} classes`,
    shareX: 'none',
    shareY: 'none',
    legend: 'none',
    panels: matrices.map(({ title: name, rows, columns, counts }, column) => ({
      column,
      title: `${name}: ${formatNumber(100 * agreement(counts, classes.length))} % agree`,
      x: { label: columns, categories: [...classes] },
      y: { label: rows, categories: [...classes], reversed: true },
      series: [
        {
          ...{ kind: 'heatmap', name, x: places, y: places, values: counts, label: 'points' },
          ...{ range: [0, largest], colourBar: false, cellLabels: true }
        }
      ]
    }))
  })
}

/** The share of points on the diagonal. */
export function agreement(counts: Float64Array, classes: number): number {
  let [same, all] = [0, 0]
  counts.forEach((count, i) => {
    all += count
    if (i % (classes + 1) === 0) same += count
  })
  return same / all
}
