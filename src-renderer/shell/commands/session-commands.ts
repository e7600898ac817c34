import { reportFormats } from '@shared/protocol/exports'
import type { Command } from '../command'

/** What can be done with the session file. */
export const sessionCommands: readonly Command[] = [
  {
    id: 'session.new',
    title: 'New session…',
    menu: 'file',
    section: 0,
    shortcuts: ['$mod+N'],
    run: (lab) => void lab.session.makeNew()
  },
  {
    id: 'session.open',
    title: 'Open session…',
    menu: 'file',
    section: 0,
    shortcuts: ['$mod+O'],
    run: (lab) => void lab.session.open()
  },
  {
    id: 'session.save-as',
    title: 'Save session as…',
    menu: 'file',
    section: 0,
    shortcuts: ['$mod+Shift+S'],
    run: (lab) => void lab.session.saveAs()
  },
  {
    id: 'session.duplicate',
    title: 'Duplicate session',
    menu: 'file',
    section: 0,
    run: (lab) => void lab.session.duplicate()
  },
  {
    id: 'session.verify',
    title: 'Verify session',
    menu: 'file',
    section: 1,
    run: (lab) => void lab.session.verify()
  },
  {
    id: 'session.compact',
    title: 'Compact session',
    menu: 'file',
    section: 1,
    isEnabled: (lab) => lab.session.summary?.readOnly === false,
    run: (lab) => void lab.session.compact()
  },
  {
    id: 'session.import-data',
    title: 'Import data…',
    menu: 'file',
    section: 1,
    isEnabled: (lab) => lab.client !== null && lab.session.summary?.readOnly === false,
    run: (lab) => {
      lab.workspace.open('data')
      void lab.data.importing.choose()
    }
  },
  {
    id: 'session.import-bundle',
    title: 'Import bundle…',
    menu: 'file',
    section: 1,
    isEnabled: (lab) => lab.client !== null,
    run: (lab) => void lab.exports.openBundle()
  },
  ...reportFormats.map((format): Command => ({
    id: `session.report-${format}`,
    title: `Export report as ${format.toUpperCase()}…`,
    menu: 'file',
    section: 1,
    isEnabled: (lab) =>
      lab.client !== null && lab.runs.list.some(({ ensembles }) => ensembles.length > 0),
    run: (lab) => void lab.exports.saveReport(format)
  }))
]
