import { runsOfSource } from '@shared/figures/figure-source'
import type { StoredFigure } from '@shared/organise/stored-figure'
import { isUnderWay } from '@shared/protocol/results'
import type { StudyReport } from '@shared/studies/study-report'
import type { Session } from '../session/session'

/** The session's figures that draw these runs and no others, in their order. */
export function figuresOnRuns(session: Session, runIds: readonly string[]): StoredFigure[] {
  return session.organiser
    .listFigures()
    .filter(({ spec }) => runsOfSource(spec.source).every((id) => runIds.includes(id)))
}

/**
 * The session's studies at rest that rest on these runs and no others, oldest first. Those that rest on
 * no run go with all runs.
 */
export function studiesOnRuns(session: Session, runIds: readonly string[]): StudyReport[] {
  const isWhole = session
    .listRuns()
    .every(({ id, ensembles }) => ensembles.length === 0 || runIds.includes(id))
  return session.studies
    .list()
    .toReversed()
    .filter(({ status }) => !isUnderWay(status))
    .map(({ id }) => session.studies.show(id))
    .filter(({ content }) => {
      const rests = content.runIds
      return rests.length > 0 ? rests.every((run) => runIds.includes(run)) : isWhole
    })
}
