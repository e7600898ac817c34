import type { BundleImport } from '@shared/protocol/bundle'
import type { Session } from '../../session/session'
import { readBundle } from './read-bundle'

/**
 * Imports a bundle into a session: all of it, or nothing. Runs and data that are there already stay as
 * they are.
 *
 * @param session opened once the bundle is known to be sound, so that one that is not leaves none behind
 * @throws {LabError} as readBundle and takeOver
 */
export async function importBundle(path: string, session: () => Session): Promise<BundleImport> {
  const staging = await readBundle(path)
  try {
    return session().takeOver(staging.path)
  } finally {
    staging.dispose()
  }
}
