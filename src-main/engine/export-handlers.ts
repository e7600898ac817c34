import { importBundle } from '../export/bundle/import-bundle'
import { writeBundle } from '../export/bundle/write-bundle'
import { exportData } from '../export/export-data'
import { defaultAppearance, renderFrom } from '../export/figure-files'
import { sessionReport } from '../export/report/collect-report'
import { runsWithResults } from '../export/runs-with-results'
import { exportStudy } from '../export/study-files'
import { writeFileAtomically } from '../files/write-atomically'
import type { Session } from '../session/session'
import type { EventListener, Handlers } from './handlers'
import type { SessionTables } from './session-tables'

/** The channels that write what a session holds into other files, and take it in again. */
export type ExportChannel =
  'export.data' | 'export.study' | 'export.bundle' | 'export.report' | 'bundle.import'

/**
 * What answers these channels.
 *
 * @param session the open one
 * @param emit told of what came in
 */
export function exportHandlers(
  session: () => Session,
  tables: SessionTables,
  emit: EventListener
): Pick<Handlers, ExportChannel> {
  const source = () => ({ session: session(), tables })
  return {
    'export.data': async ({ runId, folder, ...choice }) => ({
      files: await exportData(source(), session().showRun(runId), folder, choice)
    }),
    'export.study': async ({ studyId, folder }) => ({
      files: await exportStudy(session().studies.show(studyId), folder)
    }),
    'export.bundle': async ({ runIds, path }) => {
      const from = source()
      const figures = { render: renderFrom(from), appearance: defaultAppearance }
      await writeBundle(from, runIds, path, figures)
      return { files: [path] }
    },
    'export.report': async ({ runIds, path }) => {
      const from = source()
      const ids = runIds ?? runsWithResults(from.session)
      const document = await sessionReport(from, renderFrom(from), ids)
      await writeFileAtomically(path, Buffer.from(document))
      return { files: [path] }
    },
    'bundle.import': async ({ path }) => {
      const imported = await importBundle(path, session)
      emit('session.changed', session().summary())
      emit('runs.changed', { runId: null })
      emit('figures.changed', {})
      emit('studies.changed', { studyId: null })
      return imported
    }
  }
}
