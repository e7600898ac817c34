import type { BundleManifest } from '@shared/protocol/bundle'
import { isUnderWay } from '@shared/protocol/results'
import { runsOfSource } from '@shared/figures/runs-of-source'
import type { Session } from '../../session/session'

type Placed = BundleManifest['figures']

/** The session's figures that draw these runs and no others, in their order. */
export function figuresOnRuns(session: Session, runIds: readonly string[]): Placed {
  return session.organiser
    .listFigures()
    .filter(({ spec }) => runsOfSource(spec.source).every((id) => runIds.includes(id)))
    .map(({ id, name }, i) => ({ id, name, folder: `figures/${i + 1}` }))
}

/**
 * The session's studies that rest on these runs and no others, oldest first. Those that rest on none
 * belong to a bundle of all runs.
 */
export function studiesOnRuns(session: Session, runIds: readonly string[]): Placed {
  const isWhole = session
    .listRuns()
    .every(({ id, ensembles }) => ensembles.length === 0 || runIds.includes(id))
  return session.studies
    .list()
    .toReversed()
    .filter(({ id, status }) => {
      const rests = session.studies.show(id).content.runIds
      const isOwn = rests.length > 0 ? rests.every((run) => runIds.includes(run)) : isWhole
      return isOwn && !isUnderWay(status)
    })
    .map(({ id, study }, i) => ({ id, name: study, folder: `studies/${i + 1}` }))
}
