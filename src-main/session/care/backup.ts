import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type Database from 'better-sqlite3'
import { LabError } from '@shared/protocol/errors'
import { formatVersion } from '../migrate'
import { labErrorOf, withSqliteErrors } from '../sqlite-errors'

/** Pages that are copied before others get a turn: 8 MB, some milliseconds. */
const PAGES_PER_TURN = 2000

/**
 * Copies an open session into another file, in turns: others may ask and write meanwhile, and the copy
 * has what they wrote. Its path holds either what was there before or all of the copy; when it returns,
 * that is on the disk.
 *
 * @param onTurn called between two turns; an error that it throws ends the copying
 * @throws {LabError} file-problem; what was there before is then still there
 */
export async function copyDatabase(
  database: Database.Database,
  target: string,
  onTurn: () => void = () => undefined
): Promise<void> {
  if (!statSync(dirname(target), { throwIfNoEntry: false })?.isDirectory()) {
    throw new LabError('file-problem', `There is no folder ${dirname(target)}: make it first.`)
  }
  const part = partPath(target)
  removePart(part)
  try {
    await database.backup(part, {
      progress: () => {
        onTurn()
        return PAGES_PER_TURN
      }
    })
    moveIntoPlace(part, target)
  } catch (error) {
    removePart(part)
    throw notWritten(target, error)
  }
}

/**
 * Keeps an older session beside the file, as NAME.tangent.format-N.backup, before it is brought to
 * another format. Nothing that is there is replaced.
 *
 * @throws {LabError} file-problem: without a backup, the file is not migrated
 */
export function backUpBeforeMigration(database: Database.Database): void {
  const target = unusedName(`${database.name}.format-${formatVersion(database)}`)
  const part = partPath(target)
  removePart(part)
  try {
    withSqliteErrors(part, () => {
      database.prepare('VACUUM INTO ?').run(part)
    })
    // Unlike other writing, VACUUM INTO does not wait for the disk.
    synchronise(part)
    moveIntoPlace(part, target)
  } catch (error) {
    removePart(part)
    throw notWritten(target, error)
  }
}

function unusedName(stem: string): string {
  for (let number = 1; ; number++) {
    const candidate = `${stem}${number === 1 ? '' : `-${number}`}.backup`
    if (!existsSync(candidate)) return candidate
  }
}

/** Where a file is written before it has all its contents. */
export function partPath(target: string): string {
  return join(dirname(target), `.${basename(target)}.part`)
}

/** Removes what an earlier attempt left. */
export function removePart(part: string): void {
  for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(part + ending, { force: true })
}

/** Renames a complete file that is on the disk, and waits until its new name is there too. */
export function moveIntoPlace(part: string, target: string): void {
  renameSync(part, target)
  // Folders can be synchronised neither on Windows nor on some network disks.
  try {
    synchronise(dirname(target))
  } catch {
    // See above.
  }
}

/** Waits until a file or folder is on the disk. */
export function synchronise(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function notWritten(target: string, error: unknown): unknown {
  const cause = labErrorOf(target, error)
  // A wish to stop, and damage of what is copied, are told as they are; what the system says is not.
  const isOfSystem = cause instanceof Error && 'syscall' in cause
  if (!isOfSystem && !(cause instanceof LabError && cause.code === 'file-problem')) return cause
  const why = cause.message
  return new LabError('file-problem', `${target} could not be written: ${why}`, { cause })
}
