import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { LabError } from '@shared/protocol/errors'
import type { MergeReport } from '@shared/protocol/session-care'
import type { Stepwise } from '@shared/theory/stepwise'
import { migrate } from '../migrate'
import { migrations } from '../migrations/index'
import { openReadOnlyDatabase } from '../read-only-database'
import {
  arrays,
  checkpoints,
  datasetArrays,
  ensembles,
  predictions,
  queueEntries,
  runs,
  sessionInfo
} from '../schema'
import { moveIntoPlace, partPath, removePart, synchronise } from './backup'
import { grouped, planMerge, type MergePlan, type PlannedRun } from './merge-plan'
import { columnsOf, runColumns, tables } from './tables'

/** Results belong to one run and nothing else; those of a run that is left out are left out with it. */
const resultTables: readonly SQLiteTable[] = [predictions, ensembles, arrays, checkpoints]

/** Merged before all else, or not at all: what waits to be computed is for each session to say. */
const unmerged: readonly SQLiteTable[] = [runs, sessionInfo, queueEntries]

/**
 * Merges two sessions into a new file; neither is changed. The same experiment with the same seed is
 * kept once, in its most advanced run; all else is kept. Notes and tags of a run that is left out go to
 * the one that was kept. Merging the result again with either session changes nothing.
 *
 * @throws {LabError} what either session is refused for; file-problem where `into` exists
 */
export function* mergeSessions(
  paths: readonly [string, string],
  into: string,
  appVersion: string
): Stepwise<MergeReport> {
  if (existsSync(into)) {
    throw new LabError(
      'file-problem',
      `${into} exists: choose another name for the merged session.`
    )
  }
  const part = partPath(into)
  removePart(part)
  const opened = openReadOnlyDatabase(paths[0], appVersion)
  try {
    // The same file may be given twice, which SQLite does not mind.
    const other = openReadOnlyDatabase(paths[1], appVersion)
    try {
      const report = yield* mergeInto(part, [opened.database, other.database])
      synchronise(part)
      moveIntoPlace(part, into)
      return report
    } finally {
      other.close()
    }
  } catch (error) {
    removePart(part)
    throw error
  } finally {
    opened.close()
  }
}

function* mergeInto(
  part: string,
  sources: readonly [Database.Database, Database.Database]
): Stepwise<MergeReport> {
  const plan = planMerge(sources)
  yield
  const target = new Database(part)
  try {
    // Nothing else sees the file before it is complete.
    target.pragma('journal_mode = OFF')
    target.pragma('synchronous = OFF')
    migrate(target, migrations)
    target.exec('BEGIN')
    yield* copyRuns(target, sources, plan)
    joinLabels(target, sources, plan)
    for (const [index, source] of sources.entries()) {
      for (const table of tables.filter((one) => !unmerged.includes(one))) {
        yield* copyTable(target, source, table, index, plan)
      }
    }
    target.exec('COMMIT')
    return report(target, plan)
  } finally {
    target.close()
  }
}

/** All kept runs in the order in which they were made, so that lists show them so. */
function* copyRuns(
  target: Database.Database,
  sources: readonly Database.Database[],
  { kept }: MergePlan
): Stepwise<void> {
  const columns = columnsOf(runs)
    .map(({ name }) => name)
    .filter((name) => name !== runs.number.name)
  const insert = inserter(target, runs, columns)
  const readers = sources.map((source) => reader(source, runs, columns))
  for (const { source, row, id } of kept.toSorted(byTime)) {
    const values = readers[source]?.(row) ?? []
    insert(values.map((value, i) => (columns[i] === runs.id.name ? id : value)))
    yield
  }
}

function byTime(a: PlannedRun, b: PlannedRun): number {
  return a.createdAt.localeCompare(b.createdAt) || a.source - b.source || a.row - b.row
}

/** Copies what is kept of a table; rows that are there already stay as they are. */
function* copyTable(
  target: Database.Database,
  source: Database.Database,
  table: SQLiteTable,
  index: number,
  { targetId, isKept, isKnown }: MergePlan
): Stepwise<void> {
  // Numbers that only say the order of insertion are given anew.
  const columns = columnsOf(table)
    .filter(({ name, primary }) => !(primary && name === 'number'))
    .map(({ name }) => name)
  const runReferences = new Set(runColumns(table))
  const insert = inserter(target, table, columns)
  const read = reader(source, table, columns)
  const belongs = resultTables.includes(table) ? isKept : isKnown
  const rows = source
    .prepare<[], number>(`SELECT rowid FROM "${getTableName(table)}" ORDER BY rowid`)
    .pluck()
    .all()
  for (const row of rows) {
    const values = read(row)
    const isWanted = columns.every(
      (name, i) => !runReferences.has(name) || belongs(index, String(values[i]))
    )
    if (isWanted) {
      insert(values.map((value) => (typeof value === 'string' ? targetId(index, value) : value)))
    }
    yield
  }
}

/** Notes and groups of runs that are left out go to the run that stands for them; the titles and notes of the sessions likewise. */
function joinLabels(
  target: Database.Database,
  sources: readonly Database.Database[],
  { leftOut }: MergePlan
): void {
  const joined = `CASE WHEN instr(note, @note) THEN note WHEN note = '' THEN @note
    ELSE note || char(10, 10) || @note END`
  const ofRun = target.prepare(
    `UPDATE run SET note = ${joined}, group_name = coalesce(group_name, @group_name) WHERE id = @id`
  )
  for (const { source, row, id } of leftOut) {
    const labels = sources[source]?.prepare('SELECT note, group_name FROM run WHERE number = ?')
    ofRun.run({ ...(labels?.get(row) as object), id })
  }
  const ofSession = target.prepare(
    `UPDATE session_info SET note = ${joined}, title = iif(title = '', @title, title)`
  )
  for (const source of sources) {
    ofSession.run(source.prepare('SELECT title, note FROM session_info').get())
  }
}

type Values = readonly unknown[]

function reader(
  source: Database.Database,
  table: SQLiteTable,
  columns: readonly string[]
): (row: number) => Values {
  const statement = source
    .prepare<[number], Values>(
      `SELECT ${quoted(columns)} FROM "${getTableName(table)}" WHERE rowid = ?`
    )
    .raw()
    .safeIntegers()
  return (row) => statement.get(row) ?? []
}

function inserter(
  target: Database.Database,
  table: SQLiteTable,
  columns: readonly string[]
): (values: Values) => void {
  const places = columns.map(() => '?').join()
  const statement = target.prepare(
    `INSERT OR IGNORE INTO "${getTableName(table)}" (${quoted(columns)}) VALUES (${places})`
  )
  return (values) => {
    statement.run(...values)
  }
}

function quoted(columns: readonly string[]): string {
  return columns.map((name) => `"${name}"`).join()
}

function report(target: Database.Database, { kept, leftOut }: MergePlan): MergeReport {
  const experiments = grouped(kept, ({ experimentHash }) => experimentHash)
  const datasets = target
    .prepare<[], number>(
      `SELECT count(DISTINCT dataset_sha256) FROM ${getTableName(datasetArrays)}`
    )
    .pluck()
    .get()
  return {
    runs: [
      kept.filter(({ source }) => source === 0).length,
      kept.filter(({ source }) => source === 1).length
    ],
    duplicates: leftOut.length,
    experiments: experiments.map((same) => ({
      name: same[0]?.name ?? '',
      seeds: same.map(({ seed }) => seed).toSorted((a, b) => a - b)
    })),
    datasets: datasets ?? 0
  }
}
