import type Database from 'better-sqlite3'
import { isDamage } from '../sqlite-errors'

/** Row numbers that are tried one by one between two rows that can be reached. */
const MAXIMUM_TRIED = 20_000

/** What came of reading a damaged table: a row with its number, or what could not be read. */
export type Salvaged =
  | { readonly kind: 'row'; readonly row: number; readonly values: readonly unknown[] }
  | { readonly kind: 'lost'; readonly row: number; readonly problem: string }
  | {
      readonly kind: 'gap'
      readonly after: number | null
      readonly before: number | null
      readonly problem: string
    }

/**
 * Every row of a damaged table that can be read: from the first row on as far as the table can be
 * walked, from the last row back likewise, and between the two by trying every number. Integers come as
 * BigInt, so that all digits are kept.
 */
export function* salvageRows(
  database: Database.Database,
  table: string,
  columns: readonly string[]
): Generator<Salvaged> {
  const names = columns.map((name) => `"${name}"`).join()
  const read = database
    .prepare<[number]>(`SELECT ${names} FROM "${table}" WHERE rowid = ?`)
    .raw()
    .safeIntegers()
  const numberOf = (where: string) =>
    database.prepare<[number | null], number>(`SELECT rowid FROM "${table}" WHERE ${where}`).pluck()
  const rowOrLoss = (row: number): Salvaged => {
    try {
      return { kind: 'row', row, values: read.get(row) as unknown[] }
    } catch (error) {
      return { kind: 'lost', row, problem: damageOf(error) }
    }
  }
  const walk = function* (next: Database.Statement<[number | null], number>) {
    let last: number | null = null
    for (;;) {
      const found = step(next, last)
      if (found instanceof Error) return { last, problem: found.message }
      if (found === undefined) return { last, problem: null }
      last = found
      yield rowOrLoss(found)
    }
  }

  const forwards = numberOf('rowid > coalesce(?, -9223372036854775808) ORDER BY rowid LIMIT 1')
  const { last: after, problem } = yield* walk(forwards)
  if (problem === null) return
  const backwards = numberOf('rowid < coalesce(?, 9223372036854775807) ORDER BY rowid DESC LIMIT 1')
  const { last: before } = yield* walk(backwards)
  yield { kind: 'gap', after, before, problem }
  // Every row is looked up from the table's first page, which cannot be read then.
  if (after === null && before === null) return
  const exists = numberOf('rowid = ?')
  const start = after ?? 0
  const end = Math.min(before ?? Infinity, start + MAXIMUM_TRIED)
  for (let row = start + 1; row < end; row++) {
    if (step(exists, row) === row) yield rowOrLoss(row)
  }
}

function step(
  next: Database.Statement<[number | null], number>,
  from: number | null
): number | undefined | Error {
  try {
    return next.get(from)
  } catch (error) {
    return new Error(damageOf(error))
  }
}

/** What SQLite says of damage; anything else is thrown on. */
function damageOf(error: unknown): string {
  if (!isDamage(error) || !(error instanceof Error)) throw error
  return error.message
}
