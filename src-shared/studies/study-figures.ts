import { beyondThePaperFigures } from './figures/beyond-the-paper-figures'
import { illPosednessFigures } from './figures/ill-posedness-figures'
import { nadarayaWatsonFigures } from './figures/nadaraya-watson-figures'
import { realDataFigures } from './figures/real-data-figures'
import { sgNtkConvergenceFigures } from './figures/sg-ntk-convergence-figures'
import { sglVsPredictionFigures } from './figures/sgl-vs-prediction-figures'
import { surrogateInfluenceFigures } from './figures/surrogate-influence-figures'
import type { StudyFigure } from './study-figure'
import type { StudyContent, StudyReport } from './study-report'

/** The figures of every study that has some, by the study's id. */
const figures: Readonly<Record<string, (content: StudyContent) => StudyFigure[]>> = {
  'ill-posedness': illPosednessFigures,
  'nadaraya-watson': nadarayaWatsonFigures,
  'sg-ntk-convergence': sgNtkConvergenceFigures,
  'surrogate-influence': surrogateInfluenceFigures,
  'sgl-vs-prediction': sglVsPredictionFigures,
  'real-data': realDataFigures,
  'beyond-the-paper': beyondThePaperFigures
}

/** The figures of what a study has found so far, from its tables alone. */
export function studyFigures({ study, size, environment, content }: StudyReport): StudyFigure[] {
  const provenance = [
    `Tangent Lab ${environment?.appVersion ?? ''}`.trim(),
    `study ${study}, ${size}`,
    ...(environment ? [environment.gpu ? 'GPU' : 'CPU'] : [])
  ].join(' · ')
  return (figures[study]?.(content) ?? []).map((figure) => ({
    ...figure,
    plot: { ...figure.plot, provenance }
  }))
}
