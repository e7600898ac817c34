import type Database from 'better-sqlite3'
import { getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { LabError } from '@shared/protocol/errors'
import type { Finding, VerifyReport } from '@shared/protocol/session-care'
import type { Stepwise } from '@shared/theory/stepwise'
import { arrayDamage, shapeSchema } from '../array-row'
import { jsonColumns } from './json-columns'
import { readJson } from '../json-column'
import { formatVersion } from '../migrate'
import { isDamage } from '../sqlite-errors'
import { dtypes } from '../stored-array'
import { arrayTables, columnsOf, tables } from './tables'

/** Findings about the file's structure, beyond which more would tell nothing new. */
const STRUCTURE_FINDINGS = 100

/**
 * Holds all of an open session of the newest format against what it must be: the structure of the file
 * (SQLite's integrity_check), references between rows, every array against its checksum, every JSON
 * column against its schema. One piece is one row; the check of the structure is one piece.
 */
export function* verifyDatabase(database: Database.Database): Stepwise<VerifyReport> {
  const findings: Finding[] = structure(database)
  yield
  findings.push(...attempt(null, () => brokenReferences(database)))
  findings.push(...attempt(null, () => arraysWithoutOwner(database)))
  yield
  const rows: Record<string, number> = {}
  let arrayBytes = 0
  for (const table of tables) {
    const name = getTableName(table)
    const ids = rowIds(database, name)
    findings.push(...ids.findings)
    rows[name] = ids.rows.length
    const read = rowReader(database, table)
    for (const id of ids.rows) {
      const result = attempt({ table: name, row: id }, () => {
        const row = read(id)
        arrayBytes += row['data'] instanceof Buffer ? row['data'].byteLength : 0
        return findingsOfRow(table, id, row)
      })
      findings.push(...result)
      yield
    }
  }
  const format = formatVersion(database)
  return { isSound: findings.length === 0, format, rows, arrayBytes, findings }
}

type Row = Readonly<Record<string, unknown>>

function structure(database: Database.Database): Finding[] {
  return attempt(null, () =>
    database
      .prepare<[], string>(`PRAGMA integrity_check(${STRUCTURE_FINDINGS})`)
      .pluck()
      .all()
      .filter((line) => line !== 'ok')
      .map((problem) => finding('structure', null, 'the file', problem))
  )
}

/** Rows whose foreign keys name rows that are not there. */
export function brokenReferences(database: Database.Database): Finding[] {
  const broken = database.pragma('foreign_key_check') as {
    table: string
    rowid: number | null
    parent: string
  }[]
  return broken.map(({ table, rowid, parent }) => {
    const where = rowid === null ? null : { table, row: rowid }
    return finding('reference', where, placeOf(table, rowid), `its ${parent} is not there`)
  })
}

/** Arrays whose prediction, ensemble or checkpoint is not there: no foreign key says so. */
function arraysWithoutOwner(database: Database.Database): Finding[] {
  const rows = database
    .prepare<[], { row: number; owner_kind: string }>(
      `SELECT rowid AS row, owner_kind FROM array AS a WHERE NOT CASE owner_kind
         WHEN 'prediction' THEN EXISTS (SELECT 1 FROM prediction
           WHERE run_id = a.run_id AND condition_index = a.owner_index)
         WHEN 'ensemble' THEN EXISTS (SELECT 1 FROM ensemble
           WHERE run_id = a.run_id AND ensemble_index = a.owner_index)
         ELSE EXISTS (SELECT 1 FROM checkpoint WHERE run_id = a.run_id) END`
    )
    .all()
  return rows.map(({ row, owner_kind }) =>
    finding(
      'reference',
      { table: 'array', row },
      placeOf('array', row),
      `its ${owner_kind} is not there`
    )
  )
}

/** The rows of a table, as far as SQLite can list them. */
function rowIds(
  database: Database.Database,
  table: string
): { rows: readonly number[]; findings: readonly Finding[] } {
  let rows: number[] = []
  const findings = attempt(null, () => {
    rows = database.prepare<[], number>(`SELECT rowid FROM "${table}"`).pluck().all()
    return []
  })
  return { rows, findings: findings.map((one) => ({ ...one, table, place: `table ${table}` })) }
}

function rowReader(database: Database.Database, table: SQLiteTable): (row: number) => Row {
  const names = columnsOf(table).map(({ name }) => `"${name}"`)
  const select = `SELECT ${names.join()} FROM "${getTableName(table)}" WHERE rowid = ?`
  const statement = database.prepare<[number], Row>(select)
  return (row) => statement.get(row) ?? {}
}

function findingsOfRow(table: SQLiteTable, id: number, row: Row): Finding[] {
  const name = getTableName(table)
  const where = { table: name, row: id }
  const place = placeOf(name, id, row)
  const values = columnsOf(table).flatMap((column) => {
    const schema = jsonColumns.get(column)
    const text = row[column.name]
    if (!schema || typeof text !== 'string') return []
    const what = `${column.name} of ${place}`
    try {
      readJson(schema, text, what)
      return []
    } catch (error) {
      if (!(error instanceof LabError)) throw error
      return [{ ...finding('value', where, what, error.message), column: column.name }]
    }
  })
  if (values.length > 0 || !arrayTables.includes(table)) return values
  const array = arrayRowSchema.parse(row)
  const damage = arrayDamage(array, shapeSchema.parse(JSON.parse(array.shape)))
  return damage === null ? [] : [finding('array', where, place, damage)]
}

const bytes = z.custom<Buffer>((value) => value instanceof Buffer, 'must be bytes')
const arrayRowSchema = z.object({
  dtype: z.enum(dtypes),
  shape: z.string(),
  checksum: bytes,
  data: bytes
})

/** Findings of a piece of work, or that the file's damage kept it from being done. */
function attempt(
  where: { table: string; row: number } | null,
  work: () => readonly Finding[]
): Finding[] {
  try {
    return [...work()]
  } catch (error) {
    if (!(error instanceof Error) || !(isDamage(error) || error instanceof z.ZodError)) throw error
    const place = where === null ? 'the file' : placeOf(where.table, where.row)
    return [finding('structure', where, place, `it cannot be read: ${error.message}`)]
  }
}

function finding(
  kind: Finding['kind'],
  where: { table: string; row: number } | null,
  place: string,
  problem: string
): Finding {
  const { table = null, row = null } = where ?? {}
  return { kind, table, row, column: null, place, problem }
}

/** A row in words: its table, number, and what its short columns say of whose it is. */
function placeOf(table: string, id: number | null, row: Row = {}): string {
  const keys = ['run_id', 'dataset_sha256', 'id', 'sha256', 'owner_kind', 'owner_index', 'name']
  const told = keys.flatMap((key) => {
    const value = row[key]
    return typeof value === 'string' || typeof value === 'number'
      ? [`${key} ${String(value).slice(0, 40)}`]
      : []
  })
  return `${table} ${id ?? '?'}${told.length > 0 ? ` (${told.join(', ')})` : ''}`
}
