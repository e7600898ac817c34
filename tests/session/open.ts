import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openSession, type Session } from '../../src-main/session/session'

/** A path for a session in a folder of its own, which goes when the test is over. */
export function newSessionPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tangent-session-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true })
  })
  return join(folder, 'lab.tangent')
}

/** Opens a session and closes it when the test is over. */
export function open(path: string): Session {
  const session = openSession(path, { appVersion: '0.1.0' })
  onTestFinished(() => {
    session.close()
  })
  return session
}
