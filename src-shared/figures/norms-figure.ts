import { definePlot, type Plot } from './plot'

/** Norms of a data set's inputs. */
export interface NormsView {
  readonly train: Float64Array
  readonly test: Float64Array
}

/** Odd: norms that are all equal lie in the middle of a bar, not at its edge. */
const BARS = 25
/** Where all norms are equal, what is drawn around them, as a share of the norm. */
const AROUND = 0.1

/** How many training and test points have which norm. */
export function normsFigure({ train, test }: NormsView): Plot {
  const edges = normEdges(train, test)
  return definePlot({
    title: 'Norms',
    description: 'How many training and test points have which norm',
    panels: [
      {
        x: { label: 'norm of the input', fit: 'tight' },
        y: { label: 'points' },
        series: [
          {
            ...{ kind: 'bars', name: 'test', colour: 'members', edges },
            heights: counts(test, edges)
          },
          {
            ...{ kind: 'bars', name: 'training', colour: 'prediction', edges },
            heights: counts(train, edges)
          }
        ]
      }
    ]
  })
}

function normEdges(train: Float64Array, test: Float64Array): Float64Array {
  let [low, high] = [Infinity, -Infinity]
  for (const norms of [train, test]) {
    for (const norm of norms) [low, high] = [Math.min(low, norm), Math.max(high, norm)]
  }
  if (high - low <= 1e-9 * high) {
    const margin = high === 0 ? 1 : AROUND * high
    ;[low, high] = [low - margin, high + margin]
  }
  return Float64Array.from({ length: BARS + 1 }, (_, i) => low + (i * (high - low)) / BARS)
}

/** How many values are between neighbouring edges, the last one included. */
export function counts(values: Float64Array, edges: Float64Array): Float64Array {
  const bars = edges.length - 1
  const [first = NaN, last = NaN] = [edges[0], edges[bars]]
  const heights = new Float64Array(bars)
  for (const value of values) {
    const bar = Math.min(bars - 1, Math.floor((bars * (value - first)) / (last - first)))
    heights[bar] = (heights[bar] ?? 0) + 1
  }
  return heights
}
