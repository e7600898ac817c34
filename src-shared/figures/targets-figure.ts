import type { Classes, Coordinate } from '../design/dataset'
import { definePlot, type Plot, type SeriesInput } from './plot'

/** What is to be learned: a number a point, or classes. */
export interface TargetsView {
  readonly coordinate: Coordinate
  /** The first target of every point; null where those of test points are not known. */
  readonly train: Float64Array
  readonly test: Float64Array | null
  readonly classes: Classes | null
}

/** Targets over the data's coordinate; of data without one, over the points' indices. */
export function targetsFigure({ coordinate, train, test, classes }: TargetsView): Plot {
  if (classes) return classesFigure(classes)
  const series: SeriesInput[] = test
    ? [
        {
          ...{ kind: 'points', name: 'test points', colour: 'members', filled: false, size: 0.36 },
          ...{ x: coordinate.test, y: test }
        }
      ]
    : []
  return definePlot({
    title: 'Targets',
    description: `Targets of training and test points over the ${coordinate.label}`,
    panels: [
      {
        x: { label: coordinate.label, unit: coordinate.unit, fit: 'tight' },
        y: { label: 'target' },
        series: [
          ...series,
          {
            ...{ kind: 'points', name: 'training points', colour: 'prediction', size: 0.6 },
            ...{ x: coordinate.train, y: train }
          }
        ]
      }
    ]
  })
}

/** How many training and test points are of which class. */
function classesFigure({ names, train, test }: Classes): Plot {
  const edges = Float64Array.from({ length: names.length + 1 }, (_, i) => i - 0.5)
  const perClass = (labels: Int32Array): Float64Array => {
    const heights = new Float64Array(names.length)
    for (const label of labels) heights[label] = (heights[label] ?? 0) + 1
    return heights
  }
  return definePlot({
    title: 'Classes',
    description: 'How many training and test points are of which class',
    panels: [
      {
        x: { label: 'class', categories: [...names] },
        y: { label: 'points' },
        series: [
          { kind: 'bars', name: 'test', colour: 'members', edges, heights: perClass(test) },
          { kind: 'bars', name: 'training', colour: 'prediction', edges, heights: perClass(train) }
        ]
      }
    ]
  })
}
