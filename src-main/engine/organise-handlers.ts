import { compareRuns } from '@shared/comparison/compare-runs'
import { runRecord } from '@shared/organise/run-record'
import { newFigureSchema } from '@shared/organise/stored-figure'
import { LabError } from '@shared/protocol/errors'
import { isUnderWay } from '@shared/protocol/results'
import type { Session } from '../session/session'
import type { EventListener, Handlers } from './handlers'

/** The channels that keep a session's results in order. */
export type OrganiseChannel =
  | 'session.edit'
  | 'run.records'
  | 'run.compare'
  | 'run.edit'
  | 'run.delete'
  | 'run.restore'
  | 'figure.list'
  | 'figure.save'
  | 'figure.delete'

/**
 * What answers these channels.
 *
 * @param session the open one
 * @param emit told of every change
 */
export function organiseHandlers(
  session: () => Session,
  emit: EventListener
): Pick<Handlers, OrganiseChannel> {
  const runsChanged = (runIds: readonly string[]): void => {
    const [first, ...others] = new Set(runIds)
    emit('runs.changed', { runId: others.length === 0 ? (first ?? null) : null })
  }
  return {
    'session.edit': (edit) => {
      const previous = session().organiser.editInfo(edit)
      emit('session.changed', session().summary())
      return previous
    },
    'run.records': () => session().listRecordedRuns().map(runRecord),
    'run.compare': ({ runIds, groupBy }) => {
      const runs = [...new Set(runIds)].map((runId) => session().readRecordedRun(runId))
      return compareRuns(runs, groupBy)
    },
    'run.edit': ({ edits }) => {
      const previous = session().organiser.editRuns(edits)
      runsChanged(edits.map(({ runId }) => runId))
      return { edits: previous }
    },
    'run.delete': ({ runIds }) => {
      runIds.forEach((runId) => {
        requireStopped(session(), runId)
      })
      session().organiser.deleteRuns(runIds)
      runsChanged(runIds)
      return {}
    },
    'run.restore': ({ runIds }) => {
      session().organiser.restoreRuns(runIds)
      runsChanged(runIds)
      return {}
    },
    'figure.list': () => session().organiser.listFigures(),
    'figure.save': (figure) => {
      const previous = session().organiser.saveFigure(newFigureSchema.parse(figure))
      emit('figures.changed', {})
      return { previous }
    },
    'figure.delete': ({ id }) => {
      const figure = session().organiser.deleteFigure(id)
      emit('figures.changed', {})
      return figure
    }
  }
}

/** @throws {LabError} 'invalid-request' for a run that is computed or waits for it */
function requireStopped(session: Session, runId: string): void {
  const { status, name } = session.showRun(runId)
  if (!isUnderWay(status)) return
  throw new LabError('invalid-request', `“${name}” is ${status}: cancel it before deleting it.`)
}
