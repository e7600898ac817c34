import { constants, copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { LabError } from '@shared/protocol/errors'

/** What belongs to an SQLite file besides itself: the changes that it does not hold yet. */
const PARTS = ['', '-wal'] as const

/** A file copied for this process alone; `remove` takes the copy away. */
export interface PrivateCopy {
  readonly path: string
  remove(): void
}

/**
 * Copies a session's file, with its write-ahead log, into a temporary folder: for work that must not
 * touch the file itself. Where the disk can share blocks between files, nothing is really copied.
 *
 * @param folder where the temporary folder is made
 * @throws {LabError} file-problem where it cannot be copied, or another program writes to it meanwhile
 */
export function privateCopy(file: string, folder = tmpdir()): PrivateCopy {
  const temporary = mkdtempSync(join(folder, 'tangent-copy-'))
  const path = join(temporary, basename(file))
  const remove = (): void => {
    rmSync(temporary, { recursive: true, force: true })
  }
  try {
    const before = stateOf(file)
    for (const part of PARTS) {
      if (existsSync(file + part)) {
        copyFileSync(file + part, path + part, constants.COPYFILE_FICLONE)
      }
    }
    if (stateOf(file) !== before) throw new Error('another program is writing to it')
    return { path, remove }
  } catch (cause) {
    remove()
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new LabError('file-problem', `${file} cannot be copied: ${why}. Try again.`, { cause })
  }
}

/** Differs when a file or its log was written to in between. */
function stateOf(file: string): string {
  return PARTS.map((part) => {
    const status = statSync(file + part, { bigint: true, throwIfNoEntry: false })
    return status ? `${status.ino} ${status.size} ${status.mtimeNs}` : 'none'
  }).join()
}
