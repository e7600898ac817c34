import { LabError } from '@shared/protocol/errors'
import type { Session } from '../session/session'

/**
 * The ids of all runs that have results, oldest first.
 *
 * @throws {LabError} 'not-found' where there is none
 */
export function runsWithResults(session: Session): string[] {
  const ids = session
    .listRuns()
    .filter(({ ensembles }) => ensembles.length > 0)
    .map(({ id }) => id)
    .reverse()
  if (ids.length > 0) return ids
  throw new LabError('not-found', 'The session has no run with results yet: start one first.')
}
