import { LabError } from '@shared/protocol/errors'
import { openReadOnly, openSession } from '../../../src-main/session/session'

/**
 * Tries to open a session, with 'read' for reading only, and says how that went: its runs, or an error's
 * code and message.
 */
const [path = '', how] = process.argv.slice(2)
try {
  const session = (how === 'read' ? openReadOnly : openSession)(path, { appVersion: '0.1.0' })
  const runs = session.listRuns().map(({ id, status }) => `${id} ${status}`)
  session.close()
  console.log(['opened', ...runs].join(', '))
} catch (error) {
  console.log(error instanceof LabError ? `${error.code}: ${error.message}` : error)
}
