import { openReadOnly, openSession, type Session, type SessionOptions } from '../session/session'
import { appVersion } from '../version'
import { requireSession } from './input'

/**
 * Reads from an existing session, also while the window has it open.
 *
 * @throws {LabError} 'not-found' where there is no such file
 */
export function readSession<T>(path: string, work: (session: Session) => T): T {
  return withSession(path, openReadOnly, work)
}

/**
 * Changes an existing session and closes it again.
 *
 * @throws {LabError} 'not-found' where there is no such file, 'session-unusable' where it is open
 *   elsewhere
 */
export function changeSession<T>(path: string, work: (session: Session) => T): T {
  return withSession(path, openSession, work)
}

function withSession<T>(
  path: string,
  open: (path: string, options: SessionOptions) => Session,
  work: (session: Session) => T
): T {
  requireSession(path)
  const session = open(path, { appVersion })
  try {
    return work(session)
  } finally {
    session.close()
  }
}
