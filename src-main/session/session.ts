import { existsSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { DataTable } from '@shared/design/datasets/table'
import type { Experiment } from '@shared/design/experiment'
import type { BundleImport, BundleRows } from '@shared/protocol/bundle'
import type { StoredDataset } from '@shared/protocol/datasets'
import { LabError } from '@shared/protocol/errors'
import type {
  RecordedRun,
  RunDetail,
  RunStatus,
  RunSummary,
  SessionSummary
} from '@shared/protocol/results'
import type { CompactReport, VerifyReport } from '@shared/protocol/session-care'
import type { Stepwise } from '@shared/theory/stepwise'
import * as arrays from './arrays'
import { copyDatabase } from './care/backup'
import { backupPath } from './care/backup-path'
import * as checkpoints from './checkpoints'
import { closeDatabase, openDatabase } from './database'
import { readRows } from './exchange/read-rows'
import { takeOver } from './exchange/take-over'
import * as datasets from './datasets'
import * as ensembles from './ensembles'
import { formatVersion } from './migrate'
import { Organiser } from './organiser'
import type { Orm } from './orm'
import * as predictions from './predictions'
import { QueueStore } from './queue-store'
import * as runs from './runs'
import { openReadOnlyDatabase, type ReadOnlyDatabase } from './read-only-database'
import { labErrorOf } from './sqlite-errors'
import type { StoredArray } from './stored-array'
import { StudyStore } from './study-store'
import { verifyDatabase } from './care/verify-database'
import { WriterLock } from './writer-lock'

/** Slower work on a session is worth knowing of. */
const SLOW_MS = 40

/** Who opens a session, and what they want to hear of it. */
export interface SessionOptions {
  /** Of the application, for the message about a file that needs a newer one. */
  readonly appVersion: string
  /** Told of work on the file that took longer than 40 ms, in one line. */
  readonly onSlowWork?: (message: string) => void
}

/**
 * Opens a session file for this process alone, making it where it does not exist. Runs that were
 * running when it was last used become 'interrupted'; the queue waits to be taken up again.
 *
 * While it is open, nothing else in this process may open the file (see database.ts).
 *
 * @throws {LabError} session-unusable (foreign), session-in-use (open elsewhere), session-damaged,
 *   session-newer, file-problem (no such folder, not writable, disk full)
 */
export function openSession(path: string, options: SessionOptions): Session {
  const database = openDatabase(path, options.appVersion)
  try {
    return new Session(database, options)
  } catch (error) {
    closeDatabase(database)
    throw error
  }
}

/**
 * Opens a session file for reading only, also while another process writes it; every writing method
 * throws session-read-only then.
 *
 * @throws {LabError} as openSession, but not for a file that is open in another process; not-found
 */
export function openReadOnly(path: string, options: SessionOptions): Session {
  const opened = openReadOnlyDatabase(path, options.appVersion)
  return new Session(opened.database, options, opened)
}

/**
 * One open session file. Every method writes or reads at once: when a writing method has returned,
 * what it wrote is on the disk.
 *
 * Every method may throw a LabError: not-found for an unknown run, ensemble, prediction or array,
 * session-unusable or session-damaged for damaged contents, session-read-only, file-problem for a full
 * or failing disk.
 */
export class Session {
  /** Labels, title and note, figures. */
  readonly organiser: Organiser
  /** The studies in the file. */
  readonly studies: StudyStore
  /** The runs that are to be computed. */
  readonly queue: QueueStore
  private readonly orm: Orm
  private readonly interruptedOnOpen: number
  /** The file's, without symbolic links. */
  readonly path: string
  readonly readOnly: boolean
  /** Rows changed since the file was opened, by making or migrating it. */
  private readonly changesAtFirst: number
  /** Damage was met, so the file must not replace a backup that may be sound. */
  private isDamaged = false

  /**
   * Takes over an open database; use openSession or openReadOnly.
   *
   * @param reading where it is open for reading only
   */
  constructor(
    private readonly database: Database.Database,
    private readonly options: SessionOptions,
    private readonly reading: ReadOnlyDatabase | null = null
  ) {
    this.path = reading?.file ?? database.name
    this.readOnly = reading !== null
    this.changesAtFirst = this.changes()
    this.orm = drizzle({ client: database })
    this.organiser = new Organiser(this.orm, (what, task) => this.work(what, task))
    this.queue = new QueueStore(this.orm, (what, task) => this.work(what, task))
    this.interruptedOnOpen = this.readOnly
      ? 0
      : this.work('mark interrupted runs', () => runs.markInterrupted(this.orm))
    this.studies = new StudyStore(this.orm, (what, task) => this.work(what, task))
    if (!this.readOnly) this.studies.markInterrupted()
  }

  /** Closes the file, leaving one file with everything in it; nothing else can be called then. */
  close(): void {
    if (!this.database.open) return
    if (!this.readOnly) this.organiser.purgeDeleted()
    this.work('close', () => {
      if (this.reading) this.reading.close()
      else closeDatabase(this.database)
    })
  }

  /**
   * Brings the backup beside the file up to date, in turns, where anything changed since the file was
   * opened or there is no backup yet. Damaged contents never replace a backup.
   *
   * @param onTurn told that it goes on
   * @throws {LabError} file-problem; the backup is then what it was
   */
  async backUp(onTurn?: () => void): Promise<void> {
    if (this.readOnly || this.isDamaged || !this.needsBackup()) return
    await copyDatabase(this.database, backupPath(this.path), onTurn)
  }

  /**
   * Copies the session, as it is now, into another file, in turns.
   *
   * @param onTurn called between two turns; an error that it throws ends the copying
   * @throws {LabError} file-problem, also where the file exists
   */
  async copyTo(target: string, onTurn?: () => void): Promise<void> {
    if (existsSync(target)) {
      throw new LabError('file-problem', `${target} exists: choose another name for the copy.`)
    }
    await copyDatabase(this.database, target, onTurn)
  }

  /**
   * Gives the space of what was removed back to the disk. Needs as much free space as the file has.
   *
   * @returns the file's size before and after, in bytes
   */
  compact(): CompactReport {
    this.requireWriting()
    return this.work('compact', () => {
      this.database.pragma('wal_checkpoint(TRUNCATE)')
      const bytesBefore = this.fileBytes()
      this.database.exec('VACUUM')
      this.database.pragma('wal_checkpoint(TRUNCATE)')
      return { bytesBefore, bytesAfter: this.fileBytes() }
    })
  }

  /** Holds everything in the file against what it must be, in small pieces. */
  verify(): Stepwise<VerifyReport> {
    return verifyDatabase(this.database)
  }

  /** Differs when another process has stored something since the last call. */
  version(): number {
    return this.database.pragma('data_version', { simple: true }) as number
  }

  summary(): SessionSummary {
    return {
      path: this.path,
      name: basename(this.path, '.tangent'),
      ...this.organiser.info(),
      readOnly: this.readOnly,
      fileBytes: this.fileBytes(),
      runCount: this.work('count runs', () => runs.countRuns(this.orm)),
      interruptedOnOpen: this.interruptedOnOpen
    }
  }

  /** Does several changes as one: all of them are stored, or none where the task throws. */
  atOnce<T>(what: string, task: () => T): T {
    return this.work(what, () => this.database.transaction(task).immediate())
  }

  /** Adds a run with status 'queued'. */
  addRun(run: runs.NewRun): void {
    this.work('add a run', () => {
      runs.addRun(this.orm, run)
    })
  }

  updateRun(id: string, changes: runs.RunChanges): void {
    this.work('update a run', () => {
      runs.updateRun(this.orm, id, changes)
    })
  }

  /** All runs, newest first. */
  listRuns(): RunSummary[] {
    return this.asTheyStand(this.work('list runs', () => runs.listRuns(this.orm)))
  }

  /** All that is known of runs apart from arrays, newest first. */
  listRecordedRuns(): RecordedRun[] {
    return this.asTheyStand(
      this.work('list runs with their experiments', () => runs.listRecordedRuns(this.orm))
    )
  }

  /** All that is known of a run apart from arrays. */
  readRecordedRun(id: string): RecordedRun {
    return this.asItStands(this.work('read a run', () => runs.readRecordedRun(this.orm, id)))
  }

  showRun(id: string): RunDetail {
    return this.asItStands(this.work('show a run', () => runs.showRun(this.orm, id)))
  }

  /** Stores a condition's prediction with its arrays, replacing an earlier one. */
  addPrediction(
    runId: string,
    prediction: predictions.Prediction,
    named: arrays.NamedArrays
  ): void {
    this.work('add a prediction', () => {
      predictions.addPrediction(this.orm, runId, prediction, named)
    })
  }

  readPrediction(runId: string, conditionIndex: number): predictions.Prediction {
    return this.work('read a prediction', () =>
      predictions.readPrediction(this.orm, runId, conditionIndex)
    )
  }

  /** Stores an ensemble with its arrays, replacing an earlier one of the same index. */
  addEnsemble(runId: string, ensemble: ensembles.Ensemble, named: arrays.NamedArrays): void {
    this.work('add an ensemble', () => {
      ensembles.addEnsemble(this.orm, runId, ensemble, named)
    })
  }

  readEnsemble(runId: string, index: number): ensembles.Ensemble {
    return this.work('read an ensemble', () => ensembles.readEnsemble(this.orm, runId, index))
  }

  /** Stores what a run resumes from, replacing what was stored before. */
  saveCheckpoint(
    runId: string,
    checkpoint: checkpoints.Checkpoint,
    named: arrays.NamedArrays
  ): void {
    this.work('save a checkpoint', () => {
      checkpoints.saveCheckpoint(this.orm, runId, checkpoint, named)
    })
  }

  /** What a run resumes from; null where it starts from the beginning of an ensemble. */
  readCheckpoint(runId: string): ReturnType<typeof checkpoints.readCheckpoint> {
    return this.work('read a checkpoint', () => checkpoints.readCheckpoint(this.orm, runId))
  }

  /** Gives up what a run would resume from. */
  discardCheckpoint(runId: string): void {
    this.work('discard a checkpoint', () => {
      checkpoints.discardCheckpoint(this.orm, runId)
    })
  }

  /** The newest run of this experiment that ended as one of these; null where there is none. */
  findRun(experiment: Experiment, statuses: readonly RunStatus[]): string | null {
    return this.work('find a run', () => runs.findRun(this.orm, experiment, statuses))
  }

  /** A run's arrays without their numbers. */
  listArrays(runId: string): arrays.ArrayListing[] {
    return this.work('list arrays', () => arrays.listArrays(this.orm, runId))
  }

  /** An array with its bits as they were stored; its bytes are checked against their checksum. */
  readArray(
    runId: string,
    ownerKind: arrays.OwnerKind,
    ownerIndex: number,
    name: string
  ): StoredArray {
    return this.work(`read array ${name}`, () =>
      arrays.readArray(this.orm, runId, ownerKind, ownerIndex, name)
    )
  }

  /** Stores imported data, once for the same contents. */
  addDataset(dataset: datasets.NewDataset): { dataset: StoredDataset; isNew: boolean } {
    return this.work('add data', () => datasets.addDataset(this.orm, dataset))
  }

  /** All stored data without their rows, oldest first. */
  listDatasets(): StoredDataset[] {
    return this.work('list data', () => datasets.listDatasets(this.orm))
  }

  /** The rows of stored data; their bytes are checked against their checksums. */
  readDataset(sha256: string): DataTable {
    return this.work('read data', () => datasets.readDataset(this.orm, sha256))
  }

  /** The numbers of stored data as they are stored. */
  readDatasetArray(sha256: string, name: 'inputs' | 'targets'): StoredArray {
    return this.work('read data', () => datasets.readDatasetArray(this.orm, sha256, name))
  }

  /** The format of the file: that of rows() too. */
  get format(): number {
    return formatVersion(this.database)
  }

  /** All rows of a run or of stored data for use elsewhere; the numbers of arrays are paths (see readRows). */
  rows(
    root: Parameters<typeof readRows>[1],
    id: string,
    pathOf: Parameters<typeof readRows>[3]
  ): BundleRows {
    return this.work('read rows', () => readRows(this.database, root, id, pathOf))
  }

  /** Copies everything of a checked session of the newest format into this one (see takeOver). */
  takeOver(path: string): BundleImport {
    this.requireWriting()
    return this.work('import runs', () => takeOver(this.database, path))
  }

  /** Runs that a process left behind when it ended are interrupted, whether or not the file says so yet. */
  private asTheyStand<Run extends Pick<RunSummary, 'id' | 'status'>>(found: Run[]): Run[] {
    if (!this.readOnly || WriterLock.isHeld(this.path)) return found
    const waiting = new Set(this.queue.read().map(({ id }) => id))
    return found.map((run) => {
      const isLeft = run.status === 'running' || (run.status === 'queued' && !waiting.has(run.id))
      return isLeft ? { ...run, status: 'interrupted' } : run
    })
  }

  private asItStands<Run extends Pick<RunSummary, 'id' | 'status'>>(run: Run): Run {
    return this.asTheyStand([run])[0] ?? run
  }

  private fileBytes(): number {
    return sizeOf(this.path) + sizeOf(`${this.path}-wal`)
  }

  private changes(): number {
    return this.database.prepare<[], number>('SELECT total_changes()').pluck().get() ?? 0
  }

  private needsBackup(): boolean {
    if (this.changes() !== this.changesAtFirst) return true
    return runs.countRuns(this.orm) > 0 && !existsSync(backupPath(this.path))
  }

  /** @throws {LabError} session-read-only */
  private requireWriting(): void {
    if (!this.readOnly) return
    throw new LabError(
      'session-read-only',
      `${basename(this.path)} is open for reading only: nothing in it can be changed. Open it for writing, or save a copy and work in that.`
    )
  }

  private work<T>(what: string, task: () => T): T {
    const start = performance.now()
    const result = this.withErrors(task)
    const elapsed = performance.now() - start
    if (elapsed > SLOW_MS) {
      this.options.onSlowWork?.(`session: ${what} took ${Math.round(elapsed)} ms`)
    }
    return result
  }

  private withErrors<T>(task: () => T): T {
    try {
      return task()
    } catch (error) {
      if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_READONLY')) {
        this.requireWriting()
      }
      const told = labErrorOf(this.path, error)
      if (told instanceof LabError && told.code === 'session-damaged') this.isDamaged = true
      throw told
    }
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
