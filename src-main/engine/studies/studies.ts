import { readFileSync } from 'node:fs'
import { describeProblems, LabError } from '@shared/protocol/errors'
import { studyDefinitionSchema, type StudyDefinition } from '@shared/studies/study-definition'
import { resourcePath } from '../../resources'
import { beyondThePaper } from './beyond-the-paper'
import { illPosedness } from './ill-posedness'
import { nadarayaWatson } from './nadaraya-watson'
import { realData } from './real-data'
import { sgNtkConvergence } from './sg-ntk-convergence'
import { sglVsPrediction } from './sgl-vs-prediction'
import { surrogateInfluence } from './surrogate-influence'
import type { StudyAnalysis } from './study-analysis'

/** Every study, in the order in which they are offered; each has resources/studies/ID.json. */
const analyses: readonly StudyAnalysis[] = [
  illPosedness,
  nadarayaWatson,
  sgNtkConvergence,
  surrogateInfluence,
  sglVsPrediction,
  realData,
  beyondThePaper
]

/** A study as it is offered, and how it is computed. */
export interface Study {
  readonly definition: StudyDefinition
  readonly analysis: StudyAnalysis
}

/**
 * All studies with the definitions of resources/studies.
 *
 * @throws {LabError} 'file-problem' naming the file and what is wrong in it
 */
export function listStudies(): Study[] {
  return analyses.map((analysis) => {
    const path = resourcePath('studies', `${analysis.id}.json`)
    const parsed = studyDefinitionSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    if (parsed.success) return { definition: parsed.data, analysis }
    throw new LabError('file-problem', `${path}: ${describeProblems(parsed.error)}`)
  })
}

/** @throws {LabError} 'not-found' naming the studies that there are */
export function findStudy(id: string): Study {
  const studies = listStudies()
  const found = studies.find(({ definition }) => definition.id === id)
  if (found) return found
  const known = studies.map(({ definition }) => definition.id).join(', ')
  throw new LabError('not-found', `there is no study ${id}: there are ${known}`)
}
