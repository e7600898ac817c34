import { LabError } from '@shared/protocol/errors'
import type { VerifyReport } from '@shared/protocol/session-care'
import type { Stepwise } from '@shared/theory/stepwise'
import { openReadOnlyDatabase, type ReadOnlyDatabase } from '../read-only-database'
import { verifyDatabase } from './verify-database'

/**
 * Verifies a session's file without changing it, also while another process writes it.
 *
 * @throws {LabError} session-unusable (foreign), session-newer, file-problem, not-found; damage is
 *   reported, not thrown
 */
export function* verifyFile(path: string, appVersion: string): Stepwise<VerifyReport> {
  const opened = openDamaged(path, appVersion)
  if (opened instanceof LabError) return unreadable(opened)
  try {
    return yield* verifyDatabase(opened.database)
  } finally {
    opened.close()
  }
}

function openDamaged(path: string, appVersion: string): ReadOnlyDatabase | LabError {
  try {
    // Damage is what the verification is to find.
    return openReadOnlyDatabase(path, appVersion, () => undefined)
  } catch (error) {
    if (error instanceof LabError && error.code === 'session-damaged') return error
    throw error
  }
}

function unreadable(error: LabError): VerifyReport {
  const cause = error.cause instanceof Error ? error.cause.message : error.message
  const finding = { kind: 'structure', table: null, row: null, column: null } as const
  const problem = `nothing in it can be read: ${cause}`
  const findings = [{ ...finding, place: 'the file', problem }]
  return { isSound: false, format: null, rows: {}, arrayBytes: 0, findings }
}
