import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { LabError } from '@shared/protocol/errors'
import * as arrays from '../arrays'
import * as checkpoints from '../checkpoints'
import { contentsHash, listDatasets, readDataset } from '../datasets'
import { readEnsemble } from '../ensembles'
import { formatVersion, migrate, newestVersion } from '../migrate'
import { migrations } from '../migrations/index'
import type { Orm } from '../orm'
import { readPrediction } from '../predictions'
import { listFigures } from '../figures'
import { markInterrupted, showRun } from '../runs'
import { StudyStore } from '../study-store'
import { queueEntries } from '../schema'
import { ownedTables, quoted, quotedList, type OwnedTable } from './session-tables'

/** A value of a column. */
export type SqlValue = number | string | null | Uint8Array

/**
 * A temporary session that takes in rows from elsewhere, in the format that they are from, and brings
 * them up to the newest. Everything in it is checked there, before anything reaches a user's session.
 */
export class Staging {
  private readonly tables: ReadonlyMap<string, OwnedTable>

  private constructor(
    private readonly folder: string,
    private readonly database: Database.Database
  ) {
    const roots = ['dataset', 'run', 'figure', 'study'] as const
    const owned = roots.flatMap((root) => ownedTables(database, root))
    this.tables = new Map(owned.map((table) => [table.name, table]))
  }

  /** @throws {LabError} 'session-newer' for a format that this version does not know */
  static create(format: number): Staging {
    if (format > newestVersion(migrations)) {
      throw new LabError(
        'session-newer',
        `The bundle is from a newer version (session format ${format}, here ${newestVersion(migrations)}): ` +
          'update Tangent Lab, then import it.'
      )
    }
    const folder = mkdtempSync(join(tmpdir(), 'tangent-import-'))
    const database = new Database(join(folder, 'staging.tangent'))
    try {
      // Nobody else sees the file, and nobody misses it after a crash.
      database.pragma('journal_mode = OFF')
      database.pragma('synchronous = OFF')
      migrate(
        database,
        migrations.filter(({ version }) => version <= format)
      )
      return new Staging(folder, database)
    } catch (error) {
      database.close()
      rmSync(folder, { recursive: true, force: true })
      throw error
    }
  }

  get path(): string {
    return this.database.name
  }

  /**
   * Puts a row in.
   *
   * @param columns all that the table has in the format of the rows, apart from its own numbers
   * @throws {LabError} 'invalid-request' for a table or columns that the format does not have, and for
   *   values that they do not take
   */
  insert(table: string, columns: readonly string[], values: readonly SqlValue[]): void {
    const known = this.tables.get(table)
    if (!known) throw refused(`its rows are of a table ${table}, which its format does not have`)
    const sameColumns =
      columns.length === known.columns.length &&
      known.columns.every((column) => columns.includes(column))
    if (!sameColumns || values.length !== columns.length) {
      throw refused(`the rows of ${table} have not the columns ${known.columns.join(', ')}`)
    }
    const places = columns.map(() => '?').join()
    try {
      this.database
        .prepare(`INSERT INTO ${quoted(table)} (${quotedList(columns)}) VALUES (${places})`)
        .run(...values)
    } catch (error) {
      if (!(error instanceof Database.SqliteError)) throw error
      throw refused(`a row of ${table} cannot be stored: ${error.message}`, error)
    }
  }

  /**
   * Brings all rows up to the newest format and reads every one of them, arrays too, as a session does.
   *
   * @param turn is awaited between two arrays
   * @throws {LabError} 'invalid-request' with what is wrong
   */
  async check(turn: () => Promise<void>): Promise<void> {
    try {
      if (formatVersion(this.database) < newestVersion(migrations))
        migrate(this.database, migrations)
      const orm = drizzle({ client: this.database })
      // What waits to be computed is for each session to say.
      orm.delete(queueEntries).run()
      markInterrupted(orm)
      const hashes = new Set<string>()
      for (const { sha256 } of listDatasets(orm)) {
        if (contentsHash(readDataset(orm, sha256)) !== sha256) {
          throw refused(`data ${sha256.slice(0, 8)} are not those of their name`)
        }
        hashes.add(sha256)
        await turn()
      }
      for (const id of this.runIds()) await checkRun(orm, id, hashes, turn)
      listFigures(orm)
      checkStudies(orm)
    } catch (error) {
      if (error instanceof LabError && error.code !== 'session-unusable') throw error
      throw refused(error instanceof Error ? error.message : String(error), error)
    }
  }

  /** Ids of all runs. */
  runIds(): string[] {
    return this.database.prepare<[], string>('SELECT id FROM run ORDER BY number').pluck().all()
  }

  /** Lets others open the file. */
  close(): void {
    this.database.close()
  }

  /** Removes the file. */
  dispose(): void {
    this.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

async function checkRun(
  orm: Orm,
  id: string,
  datasets: ReadonlySet<string>,
  turn: () => Promise<void>
): Promise<void> {
  const { experiment } = showRun(orm, id)
  if (experiment.data.kind === 'stored' && !datasets.has(experiment.data.sha256)) {
    throw refused(`run ${id} learns from data ${experiment.data.sha256}, which it lacks`)
  }
  const owners = new Map<string, () => unknown>()
  for (const { ownerKind, ownerIndex, name } of arrays.listArrays(orm, id)) {
    arrays.readArray(orm, id, ownerKind, ownerIndex, name)
    owners.set(`${ownerKind} ${ownerIndex}`, () => {
      if (ownerKind === 'prediction') return readPrediction(orm, id, ownerIndex)
      if (ownerKind === 'ensemble') return readEnsemble(orm, id, ownerIndex)
      return checkpoints.readCheckpoint(orm, id)
    })
    await turn()
  }
  for (const read of owners.values()) read()
}

function checkStudies(orm: Orm): void {
  const studies = new StudyStore(orm, (_what, task) => task())
  studies.markInterrupted()
  for (const { id } of studies.list()) studies.show(id)
}

function refused(problem: string, cause?: unknown): LabError {
  return new LabError(
    'invalid-request',
    `The bundle cannot be used: ${problem.replace(/\.$/, '')}.`,
    {
      cause
    }
  )
}
