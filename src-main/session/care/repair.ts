import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { getTableName } from 'drizzle-orm'
import { LabError } from '@shared/protocol/errors'
import type { Finding, RepairReport } from '@shared/protocol/session-care'
import type { Stepwise } from '@shared/theory/stepwise'
import { marksOf } from '../database'
import { checkFileHeader, checkMarks, type FileMarks } from '../file-header'
import { migrate, newestVersion } from '../migrate'
import { migrations } from '../migrations/index'
import { isDamage } from '../sqlite-errors'
import { tableNames } from '../table-names'
import { moveIntoPlace, partPath, removePart, synchronise } from './backup'
import { jsonColumns } from './json-columns'
import { privateCopy } from './private-copy'
import { salvageRows } from './salvage'
import { columnsOf, tables } from './tables'
import { brokenReferences, verifyDatabase } from './verify-database'

/** Without these arrays an ensemble cannot be shown (engine/views/run-arrays.ts). */
const NEEDED_ARRAYS = ['steps', 'testOutputs', 'losses'] as const
/** Removing a row may leave others without what they refer to; that ends after as many rounds as tables. */
const ROUNDS = 10

/**
 * Saves every sound row of a damaged session into a new file; the damaged one is only copied. Rows that
 * cannot be read, arrays with a wrong checksum and values that do not fit their schema are left out, and
 * so is what belongs to them. A run whose ensembles are left out is interrupted: resuming it computes
 * them again.
 *
 * @throws {LabError} session-unusable (foreign), session-damaged where not even the list of tables can be
 *   read, session-newer, file-problem (also where `into` exists)
 */
export function* repairSession(
  path: string,
  into: string,
  appVersion: string
): Stepwise<RepairReport> {
  if (!existsSync(path)) throw new LabError('not-found', `There is no session file ${path}.`)
  if (existsSync(into)) {
    throw new LabError('file-problem', `${into} exists: choose another name for what is saved.`)
  }
  checkFileHeader(path, { appVersion, newestVersion: newestVersion(migrations) })
  const copy = privateCopy(path)
  const part = partPath(into)
  removePart(part)
  try {
    const source = new Database(copy.path)
    const target = new Database(part)
    let report: RepairReport
    try {
      // Nothing else sees the file before it is complete, and on the disk.
      target.pragma('journal_mode = OFF')
      target.pragma('synchronous = OFF')
      report = yield* salvage(path, source, target, appVersion)
    } finally {
      source.close()
      target.close()
    }
    synchronise(part)
    moveIntoPlace(part, into)
    return report
  } catch (error) {
    removePart(part)
    throw error
  } finally {
    copy.remove()
  }
}

function* salvage(
  path: string,
  source: Database.Database,
  target: Database.Database,
  appVersion: string
): Stepwise<RepairReport> {
  const marks = readMarks(path, source)
  checkMarks(path, { appVersion, newestVersion: newestVersion(migrations) }, marks)
  // Rows are saved in their own format first: a migration would stop at the first damaged page.
  const own = migrations.filter(({ version }) => version <= marks.userVersion)
  migrate(target, own)
  const lost: Finding[] = []
  target.pragma('foreign_keys = OFF')
  for (const table of tableNames(target)) lost.push(...(yield* salvageTable(source, target, table)))
  dropBrokenReferences(target, lost)
  migrate(target, migrations)
  yield* prune(target, lost)
  const incompleteRuns = dropIncompleteEnsembles(target)
  const saved = Object.fromEntries(
    tables.map(getTableName).map((table) => [table, countRows(target, table)])
  )
  return { saved, lost, incompleteRuns }
}

function readMarks(path: string, source: Database.Database): FileMarks {
  try {
    return marksOf(source)
  } catch (cause) {
    if (!isDamage(cause)) throw cause
    throw new LabError(
      'session-damaged',
      `Nothing in ${path} can be read, since the list of its tables is damaged. It has not been changed: restore its backup.`,
      { cause }
    )
  }
}

function countRows(database: Database.Database, table: string): number {
  return database.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get() ?? 0
}

/** Copies what can be read of a table; answers what cannot. */
function* salvageTable(
  source: Database.Database,
  target: Database.Database,
  table: string
): Generator<undefined, Finding[]> {
  const lost: Finding[] = []
  const lose = (row: number | null, place: string, problem: string): void => {
    lost.push({ kind: 'structure', table, row, column: null, place, problem })
  }
  const columns = target
    .prepare<[string], string>('SELECT name FROM pragma_table_info(?)')
    .pluck()
    .all(table)
  const names = columns.map((name) => `"${name}"`).join()
  const insert = target.prepare(
    `INSERT OR REPLACE INTO "${table}" (rowid, ${names}) VALUES (?${', ?'.repeat(columns.length)})`
  )
  try {
    for (const found of salvageRows(source, table, columns)) {
      if (found.kind === 'row') {
        try {
          insert.run(found.row, ...found.values)
        } catch (error) {
          if (!(error instanceof Database.SqliteError)) throw error
          lose(found.row, `${table} ${found.row}`, `it does not fit the table: ${error.message}`)
        }
      } else if (found.kind === 'lost') {
        lose(found.row, `${table} ${found.row}`, found.problem)
      } else {
        const range = `${table} after ${found.after ?? 'the beginning'} and before ${found.before ?? 'the end'}`
        lose(null, range, `not all rows there can be reached: ${found.problem}`)
      }
      yield
    }
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error
    lose(null, `table ${table}`, error.message)
  }
  return lost
}

/** A migration refuses rows without what they refer to. */
function dropBrokenReferences(target: Database.Database, lost: Finding[]): void {
  target.pragma('foreign_keys = ON')
  for (let round = 0; round < ROUNDS; round++) {
    const findings = brokenReferences(target)
    lost.push(...findings)
    for (const finding of findings) removeUnsound(target, finding)
  }
}

/** Removes what verification finds unsound, until it finds nothing more. */
function* prune(target: Database.Database, lost: Finding[]): Stepwise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const { findings } = yield* verifyDatabase(target)
    if (findings.length === 0) return
    lost.push(...findings)
    for (const finding of findings) removeUnsound(target, finding)
  }
  const [left] = (yield* verifyDatabase(target)).findings
  throw new Error(
    `what was saved does not become sound: ${left?.place ?? ''}: ${left?.problem ?? ''}`
  )
}

/** Empties an unsound value where its table allows that; otherwise the row goes. */
function removeUnsound(target: Database.Database, { table, row, column }: Finding): void {
  if (table === null || row === null) return
  const empty = column === null ? undefined : emptyValue(table, column)
  if (empty === undefined) target.prepare(`DELETE FROM "${table}" WHERE rowid = ?`).run(row)
  else target.prepare(`UPDATE "${table}" SET "${column}" = ? WHERE rowid = ?`).run(empty, row)
}

function emptyValue(tableName: string, columnName: string): string | null | undefined {
  const table = tables.find((one) => getTableName(one) === tableName)
  const column = table && columnsOf(table).find(({ name }) => name === columnName)
  if (!column) return undefined
  if (!column.notNull) return null
  // An empty shape would be that of a number.
  return columnName !== 'shape' && jsonColumns.get(column)?.safeParse([]).success ? '[]' : undefined
}

/** Removes ensembles that cannot be shown, so that resuming their runs computes them again. */
function dropIncompleteEnsembles(target: Database.Database): RepairReport['incompleteRuns'] {
  const incomplete = target
    .prepare<[string], { run_id: string; ensemble_index: number }>(
      `SELECT run_id, ensemble_index FROM ensemble AS e WHERE ${NEEDED_ARRAYS.length} > (
         SELECT count(*) FROM array WHERE run_id = e.run_id AND owner_kind = 'ensemble' AND
           owner_index = e.ensemble_index AND name IN (SELECT value FROM json_each(?)))`
    )
    .all(JSON.stringify(NEEDED_ARRAYS))
  for (const { run_id, ensemble_index } of incomplete) {
    target
      .prepare('DELETE FROM ensemble WHERE run_id = ? AND ensemble_index = ?')
      .run(run_id, ensemble_index)
    target
      .prepare("DELETE FROM array WHERE run_id = ? AND owner_kind = 'ensemble' AND owner_index = ?")
      .run(run_id, ensemble_index)
    target
      .prepare("UPDATE run SET status = 'interrupted' WHERE id = ? AND status = 'completed'")
      .run(run_id)
  }
  const ids = JSON.stringify(incomplete.map(({ run_id }) => run_id))
  return target
    .prepare<[string], { id: string; name: string }>(
      'SELECT id, name FROM run WHERE id IN (SELECT value FROM json_each(?)) ORDER BY number'
    )
    .all(ids)
}
