import { basename } from 'node:path'
import { LabError } from '@shared/protocol/errors'
import type { RestoreReport } from '@shared/protocol/session-care'

/** What opening a session needs of its surroundings. */
export interface OfferSurroundings {
  /** Opens a session in the engine. */
  readonly open: (path: string, readOnly: boolean) => Promise<void>
  /** Puts a session's backup in its place. */
  readonly restore: (path: string) => Promise<RestoreReport>
  readonly hasBackup: (path: string) => boolean
  /** Asks the user whether to do what the button says. */
  readonly ask: (question: { message: string; detail: string; button: string }) => Promise<boolean>
  /** Tells the user what was done. */
  readonly tell: (message: string, detail: string) => void
}

/**
 * Opens a session. Where another process has it, offers to open it for reading only; where it is damaged
 * and has a backup, offers to restore that.
 *
 * @throws {LabError} what it is refused for, where the user does not take up the offer
 */
export async function openWithOffers(
  path: string,
  { open, restore, hasBackup, ask, tell }: OfferSurroundings
): Promise<void> {
  try {
    await open(path, false)
  } catch (error) {
    if (!(error instanceof LabError)) throw error
    const name = basename(path)
    if (error.code === 'session-in-use') {
      const message = `Open ${name} for reading only?`
      if (!(await ask({ message, detail: error.message, button: 'Open Read-Only' }))) throw error
      await open(path, true)
    } else if (error.code === 'session-damaged' && hasBackup(path)) {
      const message = `Restore the backup of ${name}?`
      const detail = `${error.message}\n\nThe damaged file is kept beside it.`
      if (!(await ask({ message, detail, button: 'Restore Backup' }))) throw error
      const report = await restore(path)
      await open(path, false)
      tell(`${name} was restored from its backup.`, describeRestore(report))
    } else {
      throw error
    }
  }
}

/** What a restored backup means, in words. */
function describeRestore(report: RestoreReport): string {
  const { backupTime, setAside, lostRuns, listIsIncomplete } = report
  const lost = lostRuns.map(({ name, createdAt, inBackup }) => {
    const time = createdAt.slice(0, 16).replace('T', ' ')
    return `  ${name} (${time} UTC): the backup has ${inBackup}`
  })
  return [
    `The backup is of ${backupTime.slice(0, 16).replace('T', ' ')} UTC. The damaged file is now ${setAside}.`,
    ...(lost.length > 0 ? ['', 'Runs that are missing or older:', ...lost] : []),
    ...(listIsIncomplete ? ['', 'Not all runs of the damaged file could be listed.'] : [])
  ].join('\n')
}
