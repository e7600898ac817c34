import {
  constants,
  copyFileSync,
  existsSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { LabError } from '@shared/protocol/errors'
import type { RestoreReport } from '@shared/protocol/session-care'
import { requireNotOpenHere } from '../database'
import { openReadOnlyDatabase } from '../read-only-database'
import { isDamage } from '../sqlite-errors'
import { WriterLock } from '../writer-lock'
import { moveIntoPlace, partPath, removePart, synchronise } from './backup'
import { backupPath } from './backup-path'
import { privateCopy } from './private-copy'
import { salvageRows } from './salvage'

/** What tells one state of a run from another, as far as a damaged file still says it. */
const RUN_COLUMNS = ['id', 'name', 'created_at', 'status', 'wall_time_ms'] as const

/** A run as either file has it. */
type RunState = Readonly<Record<(typeof RUN_COLUMNS)[number], string>>

/**
 * Puts a session's backup in the place of its file, which is kept beside it under a name with the date,
 * and tells which runs the backup lacks. The backup itself stays.
 *
 * @throws {LabError} not-found where there is no backup; what the backup is refused for; session-in-use;
 *   file-problem. The file is then where it was.
 */
export function restoreBackup(path: string, appVersion: string, now: Date): RestoreReport {
  if (!existsSync(path)) throw new LabError('not-found', `There is no session file ${path}.`)
  const file = realpathSync(path)
  requireNotOpenHere(file)
  const backup = backupPath(file)
  if (!existsSync(backup)) {
    throw new LabError(
      'not-found',
      `${basename(file)} has no backup. Save what is left of it with: tangent repair "${file}" --into NEW.tangent`
    )
  }
  const lock = WriterLock.take(file)
  if (!lock) {
    throw new LabError(
      'session-in-use',
      `${basename(file)} is open in another window or program: close it there first.`
    )
  }
  try {
    const known = runsOfBackup(backup, appVersion)
    const { runs, isComplete } = runsOfDamaged(file)
    const setAside = exchange(file, backup, now)
    const lostRuns = runs.flatMap((run) => {
      const { id, name, created_at: createdAt } = run
      const kept = known.get(id)
      if (kept && RUN_COLUMNS.every((column) => kept[column] === run[column])) return []
      return [{ id, name, createdAt, inBackup: kept ? 'an earlier state' : 'nothing' } as const]
    })
    const backupTime = statSync(backup).mtime.toISOString()
    return { setAside, backupTime, lostRuns, listIsIncomplete: !isComplete }
  } finally {
    lock.release()
  }
}

/** @throws {LabError} where the backup is damaged itself, foreign or newer */
function runsOfBackup(backup: string, appVersion: string): Map<string, RunState> {
  const opened = openReadOnlyDatabase(backup, appVersion)
  try {
    return new Map(readRuns(opened.database).runs.map((run) => [run.id, run]))
  } finally {
    opened.close()
  }
}

function runsOfDamaged(file: string): { runs: RunState[]; isComplete: boolean } {
  const copy = privateCopy(file)
  try {
    const database = new Database(copy.path)
    try {
      return readRuns(database)
    } finally {
      database.close()
    }
  } catch (error) {
    if (isDamage(error)) return { runs: [], isComplete: false }
    throw error
  } finally {
    copy.remove()
  }
}

function readRuns(database: Database.Database): { runs: RunState[]; isComplete: boolean } {
  const runs: RunState[] = []
  let isComplete = true
  try {
    for (const found of salvageRows(database, 'run', RUN_COLUMNS)) {
      if (found.kind !== 'row') isComplete = false
      else {
        const values = found.values.map((value) => String(value))
        const entries = RUN_COLUMNS.map((column, i) => [column, values[i] ?? ''])
        runs.push(Object.fromEntries(entries) as RunState)
      }
    }
  } catch (error) {
    // Not even the table is known any more.
    if (!(error instanceof Database.SqliteError)) throw error
    isComplete = false
  }
  return { runs, isComplete }
}

/** Sets the file aside and puts a copy of the backup in its place; answers where the file is now. */
function exchange(file: string, backup: string, now: Date): string {
  const part = partPath(file)
  removePart(part)
  try {
    copyFileSync(backup, part, constants.COPYFILE_FICLONE)
    synchronise(part)
    const setAside = unusedName(file, now)
    // First what the log still holds: with the file gone, the backup would be given its changes.
    if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${setAside}-wal`)
    rmSync(`${file}-shm`, { force: true })
    renameSync(file, setAside)
    moveIntoPlace(part, file)
    return setAside
  } catch (cause) {
    removePart(part)
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new LabError('file-problem', `The backup could not be restored: ${why}`, { cause })
  }
}

/** Such as "lab damaged 2026-11-24.tangent". */
function unusedName(file: string, now: Date): string {
  const stem = `${basename(file, '.tangent')} damaged ${now.toISOString().slice(0, 10)}`
  for (let number = 1; ; number++) {
    const name = `${stem}${number === 1 ? '' : ` ${number}`}.tangent`
    const candidate = join(dirname(file), name)
    if (!existsSync(candidate)) return candidate
  }
}
