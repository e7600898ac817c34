import { resolveDataset, type Dataset, type DatasetSpec } from '@shared/design/dataset'
import type { TableSource } from '@shared/design/datasets/table'
import type { NetworkDesign } from '@shared/design/network'
import {
  derivativesFigure,
  kernelsFigure,
  learnedFigure,
  meansFigure,
  spectraFigure
} from '@shared/figures/preview-figures'
import type { ResultOf } from '@shared/protocol/channels'
import type { PreviewFacts } from '@shared/protocol/preview'
import type { LinearAlgebra } from '@shared/theory/linear-algebra'
import {
  theoryPreview,
  type ChoicePreview,
  type PreviewChoice,
  type TheoryPreview
} from '@shared/theory/preview'
import { previewData } from '@shared/theory/preview-data'
import type { Handlers } from './handlers'
import { inTurns } from './turns'

/** The channels that show theory before anything is trained. */
export type PreviewChannel = 'theory.preview'

/** Training points, and test points, that a preview is computed on at most. */
const MOST_POINTS = 100

/** What answers these channels. A preview that is under way gives way to a newer one. */
export function previewHandlers(
  algebra: LinearAlgebra,
  tables: TableSource
): Pick<Handlers, PreviewChannel> {
  let newest = new AbortController()
  let last: { readonly spec: string; readonly data: Dataset } | null = null
  // Many previews of the same data follow one another while a slider moves.
  const resolved = (stated: DatasetSpec): Dataset => {
    const spec = JSON.stringify(stated)
    if (last?.spec !== spec) {
      last = { spec, data: previewData(resolveDataset(stated, tables), MOST_POINTS) }
    }
    return last.data
  }
  return {
    'theory.preview': async ({ design, choices, data }) => {
      newest.abort()
      newest = new AbortController()
      const { signal } = newest
      const computation = theoryPreview(
        design as NetworkDesign,
        choices as PreviewChoice[],
        algebra,
        data && resolved(data as DatasetSpec)
      )
      try {
        return previewed(await inTurns(computation, signal))
      } catch (error) {
        if (signal.aborted) return null
        throw error
      }
    }
  }
}

function previewed(preview: TheoryPreview): ResultOf<PreviewChannel> {
  return {
    derivatives: derivativesFigure(preview),
    means: meansFigure(preview),
    kernels: kernelsFigure(preview),
    spectra: spectraFigure(preview),
    functions: learnedFigure(preview),
    data: {
      trainPoints: preview.data.trainInputs.rows,
      testPoints: preview.data.testInputs.rows,
      sizes: preview.sizes
    },
    facts: preview.choices.map(factsOf)
  }
}

function factsOf(choice: ChoicePreview): PreviewFacts {
  const { name, area, valueAtZero, diagonal, stability, asymmetry, trained } = choice
  const finite = (value: number | null | undefined): number | null =>
    value !== null && value !== undefined && Number.isFinite(value) ? value : null
  return {
    name,
    area: finite(area),
    valueAtZero: finite(valueAtZero),
    diagonal: finite(diagonal),
    smallestRealPart: finite(stability?.smallestRealPart),
    spectralRatio: finite(stability?.spectralRatio),
    maximumStepSize: finite(stability?.maximumStepSize),
    asymmetry: finite(asymmetry),
    problem: 'problem' in trained ? trained.problem : null
  }
}
