import type { Session } from '../../session/session'
import type { Handlers } from '../handlers'
import { findStudy, listStudies } from './studies'
import type { StudyControl } from './study-control'

/** The channels of studies. */
export type StudyChannel = 'study.list' | 'study.start' | 'study.show' | 'study.cancel'

/**
 * What answers these channels.
 *
 * @param session the open one
 */
export function studyHandlers(
  session: () => Session,
  studies: StudyControl
): Pick<Handlers, StudyChannel> {
  return {
    'study.list': () => ({
      available: listStudies().map(({ definition }) => definition),
      stored: session().studies.list()
    }),
    'study.start': ({ study, size }) => ({
      studyId: studies.start(session(), findStudy(study), size)
    }),
    'study.show': ({ studyId }) => session().studies.show(studyId),
    'study.cancel': ({ studyId }) => {
      studies.cancel(studyId)
      return {}
    }
  }
}
