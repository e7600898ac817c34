import type { FunctionView } from '../protocol/results'
import { distinguishingNames } from './distinguishing-names'
import { predictionName } from './function-figure'
import { definePlot, type Plot, type SeriesInput } from './plot'

/** Bands lie over one another: each is fainter than one alone. */
const BAND_OPACITY = 0.12

/** A view with the seed of its run, which tells runs of one experiment apart. */
type SeededView = FunctionView & { readonly seed?: number }

/**
 * Several ensembles over one another: means as lines, predictions dashed in the same colour. What is
 * predicted of several of them, as it is of widths and seeds, is drawn once; in black where it is that of all.
 */
export function overlayFigure(views: readonly SeededView[]): Plot {
  const [first] = views
  const names = distinguishingNames(views)
  const series = views.flatMap((view, colour): SeriesInput[] => {
    const { coordinate: x, predictedMean, predictedDeviation } = view
    const name = names[colour] ?? ''
    const shared = { colour, x } as const
    const alike = views.filter((other) => isSame(other.predictedMean, predictedMean))
    const ofAll = alike.length > 1 && alike.length === views.length
    const ofSome = alike.length > 1 && view.conditionLabel !== '' ? view.conditionLabel : name
    const ofWhich = ofAll ? '' : `${ofSome}: `
    const prediction: SeriesInput[] =
      predictedMean && predictedDeviation && alike[0] === view
        ? [
            {
              ...{ kind: 'band', name: `${ofWhich}predicted ± s.d.`, inLegend: false },
              ...{ x, colour: ofAll ? 'points' : colour },
              low: predictedMean.map((value, i) => value - (predictedDeviation[i] ?? NaN)),
              high: predictedMean.map((value, i) => value + (predictedDeviation[i] ?? NaN)),
              opacity: BAND_OPACITY
            },
            {
              ...{ kind: 'line', name: `${ofWhich}${predictionName(view)}` },
              ...{
                x,
                colour: ofAll ? 'points' : colour,
                inLegend: alike.length > 1,
                legendRank: 1
              },
              ...{ y: predictedMean, deviation: predictedDeviation, dash: 'dashed', width: 1.6 }
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

function isSame(a: Float64Array | null, b: Float64Array | null): boolean {
  return a !== null && b !== null && a.length === b.length && a.every((value, i) => value === b[i])
}
