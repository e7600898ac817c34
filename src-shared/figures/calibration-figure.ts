import erfcinv from '@stdlib/math-base-special-erfcinv'
import { definePlot, type Plot } from './plot'

/** Outputs of networks in predicted standard deviations around the predicted mean. */
export interface CalibrationView {
  readonly title: string
  readonly provenance: string
  /** (f − predicted mean)/predicted standard deviation, of all networks and test points, ascending. */
  readonly scores: Float64Array
}

/** Quantiles that are drawn. */
const QUANTILES = 199
const COVERAGES = 50

/**
 * Is the predicted spread that of the networks? Quantiles of their outputs against those of the normal
 * distribution, and how many lie in central intervals of what they should.
 */
export function calibrationFigure({ title, provenance, scores }: CalibrationView): Plot {
  const share = (i: number, count: number): number => (i + 0.5) / count
  const normal = Float64Array.from({ length: QUANTILES }, (_, i) =>
    normalQuantile(share(i, QUANTILES))
  )
  const empirical = normal.map((_, i) => sortedQuantile(scores, share(i, QUANTILES)))
  const ends = Float64Array.of(normal[0] ?? NaN, normal.at(-1) ?? NaN)
  const nominal = Float64Array.from({ length: COVERAGES + 1 }, (_, i) => i / COVERAGES)
  const coverage = nominal.map((level) => {
    const reach = normalQuantile(0.5 + level / 2)
    return scores.reduce((inside, z) => inside + Number(Math.abs(z) <= reach), 0) / scores.length
  })
  const ideal = { kind: 'line', name: 'as predicted', colour: 'prediction' } as const
  return definePlot({
    title,
    provenance,
    description: 'Distribution of the networks’ outputs against the predicted one',
    shareX: 'none',
    shareY: 'none',
    panels: [
      {
        title: 'quantiles',
        x: { label: 'normal quantile' },
        y: { label: 'networks', unit: 'predicted s.d.' },
        series: [
          { ...ideal, x: ends, y: ends, dash: 'dashed', width: 1.6 },
          { kind: 'line', name: 'networks', colour: 'ensemble', x: normal, y: empirical }
        ]
      },
      {
        column: 1,
        title: 'central intervals',
        x: { label: 'predicted share inside', range: [0, 1] },
        y: { label: 'share of networks inside', range: [0, 1] },
        series: [
          { ...ideal, x: nominal, y: nominal, dash: 'dashed', width: 1.6 },
          { kind: 'line', name: 'networks', colour: 'ensemble', x: nominal, y: coverage }
        ]
      }
    ]
  })
}

/** The value below which a share of a normal distribution lies. */
export function normalQuantile(share: number): number {
  return -Math.SQRT2 * erfcinv(2 * share)
}

function sortedQuantile(sorted: Float64Array, share: number): number {
  const place = Math.max(0, Math.min(sorted.length - 1, share * sorted.length - 0.5))
  const below = Math.floor(place)
  const low = sorted[below] ?? NaN
  return low + (place - below) * ((sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN) - low)
}
