import { definePlot, type Plot, type SeriesInput } from './plot'

/** Points in the plane of two inputs with what they are, or what is said of them. */
export interface PlanePoints {
  readonly name: string
  readonly x: Float64Array
  readonly y: Float64Array
}

/** What theory predicts all over the plane, with the points of the data. */
export interface DecisionMapView {
  readonly title: string
  readonly provenance: string
  readonly kernelName: string
  readonly inputs: readonly [string, string]
  /** Columns and rows of the grid. */
  readonly x: Float64Array
  readonly y: Float64Array
  /** The predicted mean, rows × columns. */
  readonly values: Float64Array
  /** Groups of training points: one a class, or all. */
  readonly train: readonly PlanePoints[]
  /** Test points at which the mean over networks decides otherwise than theory; empty where nothing is decided. */
  readonly disagreeing: PlanePoints
  /** The targets are classes, so that the sign decides. */
  readonly decides: boolean
}

const symbolsOf = ['circle', 'square', 'diamond', 'triangle'] as const

/** The predicted mean in the plane of two inputs; where networks decide otherwise is marked. */
export function decisionMapFigure(view: DecisionMapView): Plot {
  const { inputs, x, y, values, train, disagreeing } = view
  return definePlot({
    title: view.title,
    provenance: view.provenance,
    description: `Mean predicted by the ${view.kernelName} over the plane of inputs, with the training points`,
    panels: [
      {
        x: { label: inputs[0], fit: 'tight' },
        y: { label: inputs[1], fit: 'tight' },
        series: [
          {
            ...{ kind: 'heatmap', name: 'predicted mean', x, y, values, map: 'diverging' },
            label: view.decides ? 'predicted mean: the sign is the class' : 'predicted mean'
          },
          ...train.map((points, n): SeriesInput => ({
            ...{ kind: 'points', ...points, colour: '#111111', filled: n % 2 === 0 },
            symbol: symbolsOf[n % symbolsOf.length] ?? 'circle',
            size: 0.6
          })),
          ...(disagreeing.x.length > 0
            ? [
                {
                  ...{ kind: 'points', ...disagreeing, colour: 2, filled: false },
                  symbol: 'triangle'
                } satisfies SeriesInput
              ]
            : [])
        ]
      }
    ]
  })
}
