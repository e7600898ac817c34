import type { LossView } from '../protocol/results'
import { distinguishingNames } from './distinguishing-names'
import { stepAxis } from './losses-figure'
import { definePlot, type Plot, type SeriesInput } from './plot'

/** Bands lie over one another: each is fainter than one alone. */
const BAND_OPACITY = 0.12

/** Training losses of several ensembles over one another, what is predicted of them dashed. */
export function lossesOverlayFigure(
  views: readonly (LossView & { readonly seed?: number })[]
): Plot {
  const [first] = views
  const names = distinguishingNames(views)
  const series = views.flatMap(
    ({ steps: x, mean, low, high, predicted }, colour): SeriesInput[] => {
      const name = names[colour] ?? ''
      const shared = { colour, x } as const
      const prediction: SeriesInput[] =
        predicted.length === 0
          ? []
          : [
              {
                ...{ kind: 'line', name: `${name}: predicted loss`, ...shared, y: predicted },
                ...{ dash: 'dashed', width: 1.6, inLegend: false }
              }
            ]
      return [
        {
          ...{ kind: 'band', name: `${name}, 5–95 %`, ...shared, low, high },
          ...{ opacity: BAND_OPACITY, inLegend: false }
        },
        ...prediction,
        { kind: 'line', name, ...shared, y: mean }
      ]
    }
  )
  const units = new Set(views.map(({ loss }) => loss))
  return definePlot({
    title: 'Mean losses, and dashed what is predicted of them',
    provenance: views.length === 1 ? (first?.provenance ?? '') : '',
    description: `Training losses of ${views.length} ensembles: ${names.join('; ')}`,
    panels: [
      {
        x: stepAxis,
        y: {
          label: 'loss',
          // Losses of several kinds have no unit in common.
          unit:
            units.size > 1
              ? ''
              : first?.loss === 'crossEntropy'
                ? 'Σ cross-entropy'
                : '½ Σ squared error',
          scale: 'log'
        },
        series
      }
    ]
  })
}
