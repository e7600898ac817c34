import { LabError } from '@shared/protocol/errors'
import { openSession } from '../../../src-main/session/session'

/** Tries to open a session and says how that went: 'opened', or an error's code and message. */
const [path = ''] = process.argv.slice(2)
try {
  openSession(path, { appVersion: '0.1.0' }).close()
  console.log('opened')
} catch (error) {
  console.log(error instanceof LabError ? `${error.code}: ${error.message}` : error)
}
