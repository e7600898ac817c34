import type { FunctionView } from '../protocol/results'
import { predictionName } from './function-figure'
import { formatCount } from './numbers'
import { definePlot, type Plot, type SeriesInput } from './plot'

/** Bands lie over one another: each is fainter than one alone. */
const BAND_OPACITY = 0.12

/** Several ensembles over one another: means as lines, predictions dashed in the same colour. */
export function overlayFigure(views: readonly FunctionView[]): Plot {
  const [first] = views
  const names = distinguishingNames(views)
  const series = views.flatMap((view, colour): SeriesInput[] => {
    const { coordinate: x, predictedMean, predictedDeviation } = view
    const name = names[colour] ?? ''
    const shared = { colour, x } as const
    const prediction: SeriesInput[] =
      predictedMean && predictedDeviation
        ? [
            {
              ...{ kind: 'band', name: `${name}: predicted ± s.d.`, inLegend: false },
              ...shared,
              low: predictedMean.map((value, i) => value - (predictedDeviation[i] ?? NaN)),
              high: predictedMean.map((value, i) => value + (predictedDeviation[i] ?? NaN)),
              opacity: BAND_OPACITY
            },
            {
              ...{ kind: 'line', name: `${name}: ${predictionName(view)}`, ...shared },
              ...{ y: predictedMean, deviation: predictedDeviation, dash: 'dashed', width: 1.6 },
              inLegend: false
            }
          ]
        : []
    return [
      ...prediction,
      {
        ...{ kind: 'line', name, ...shared, y: view.ensembleMean },
        deviation: view.ensembleDeviation
      }
    ]
  })
  return definePlot({
    title: 'Ensemble means, and dashed what is predicted of them',
    provenance: views.length === 1 ? (first?.provenance ?? '') : '',
    description: `Mean outputs of ${views.length} ensembles: ${names.join('; ')}`,
    panels: [
      {
        x: { label: first?.coordinateLabel ?? '', unit: first?.coordinateUnit ?? '', fit: 'tight' },
        y: { label: 'network output' },
        series
      }
    ]
  })
}

/** What tells ensembles apart: only what is not the same of all, numbered where nothing is. */
function distinguishingNames(views: readonly FunctionView[]): string[] {
  const parts: ((view: FunctionView) => string)[] = [
    ({ runName }) => runName,
    ({ width }) => `width ${formatCount(width)}`,
    ({ conditionLabel }) => conditionLabel,
    ({ step }) => `step ${formatCount(step)}`
  ]
  const telling = parts.filter((part) => new Set(views.map(part)).size > 1)
  const names = views.map((view) =>
    (telling.length > 0 ? telling : parts.slice(0, 2))
      .map((part) => part(view))
      .filter((part) => part !== '')
      .join(', ')
  )
  return names.map((name, i) =>
    names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${i + 1})`
  )
}
