import { cellText, type Cell } from '../comparison/cell'
import { columnsLike, columnsNamed, columnsOf } from '../comparison/columns-named'
import { parseRunQuery, queryError, type QueryOperator, type QueryTerm } from './run-query'
import type { RunRecord } from './run-record'

type FieldTerm = Extract<QueryTerm, { kind: 'field' }>
/** How one value is compared; "!=" is that "=" fits none. */
type Relation = Exclude<QueryOperator, '!='>
type Test = (record: RunRecord) => boolean

/** Columns of texts that are long or mean nothing to people: free text is not looked for in them. */
const unread: ReadonlySet<string> = new Set(['configHash', 'created', 'started', 'finished'])
/** How a value says that there is none. */
const absences: ReadonlySet<string> = new Set(['', 'none', 'null'])
const truths: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['false', false],
  ['no', false]
])

/**
 * The runs that fit a query (see parseRunQuery), in their order. Free text is looked for in names,
 * notes, tags and every other text. A number or date is compared as one; a run with several, such as
 * its widths, fits where one of them does.
 *
 * @throws {LabError} 'invalid-request' for a query that is not understood, or a field that no run has
 */
export function searchRuns(records: readonly RunRecord[], query: string): RunRecord[] {
  const terms = parseRunQuery(query)
  if (records.length === 0) return []
  const tests = terms.map((term) => {
    const test = term.kind === 'text' ? textTest(term.text) : fieldTest(term, records, query)
    return term.negated ? (record: RunRecord) => !test(record) : test
  })
  return records.filter((record) => tests.every((test) => test(record)))
}

function textTest(text: string): Test {
  const wanted = text.toLowerCase()
  return ({ cells }) =>
    Object.entries(cells).some(
      ([column, cell]) => !unread.has(column) && texts(cell).some((part) => part.includes(wanted))
    )
}

/** The texts of a cell in lower case; numbers are none. */
function texts(cell: Cell): string[] {
  const parts = Array.isArray(cell) ? cell : [cell]
  return parts.flatMap((part) => (typeof part === 'string' ? [part.toLowerCase()] : []))
}

function fieldTest(term: FieldTerm, records: readonly RunRecord[], query: string): Test {
  const { field, operator, values, start } = term
  const columns = columnsOf(records.map(({ cells }) => cells))
  const named = columnsNamed(field, columns)
  if (named.length === 0) {
    const known = columnsLike(field, columns)
    throw queryError(query, `names a field that no run has: there are ${known}`, start)
  }
  const cellsOf = ({ cells }: RunRecord): Cell[] =>
    named.map((column) => cells[column]).filter((cell) => cell !== undefined)
  if (areNumbers(records.flatMap(cellsOf))) {
    const wrong = values.find((value) => !isAbsence(value) && Number.isNaN(Number(value)))
    if (wrong) throw queryError(query, `compares numbers with “${wrong}”: give a number`, start)
  }
  const relation = operator === '!=' ? '=' : operator
  const fits: Test = (record) =>
    cellsOf(record).some((cell) => values.some((value) => cellFits(cell, relation, value)))
  return operator === '!=' ? (record) => !fits(record) : fits
}

function areNumbers(cells: readonly Cell[]): boolean {
  const values = cells.flat().filter((value) => value !== null)
  return values.length > 0 && values.every((value) => typeof value === 'number')
}

function cellFits(cell: Cell, operator: Relation, value: string): boolean {
  if (!Array.isArray(cell)) return fitsOne(cell, operator, value)
  if (cell.length === 0) return isEquality(operator) && isAbsence(value)
  return cell.some((entry) => fitsOne(entry, operator, value))
}

function fitsOne(
  cell: string | number | boolean | null,
  operator: Relation,
  value: string
): boolean {
  const lower = value.toLowerCase()
  if (cell === null || cell === '') return isEquality(operator) && isAbsence(value)
  if (typeof cell === 'boolean') return isEquality(operator) && truths.get(lower) === cell
  if (typeof cell === 'number') {
    return value !== '' && inOrder(cell, operator, Number(value))
  }
  const text = cellText(cell).toLowerCase()
  if (operator === ':' && lower !== '') return text.includes(lower)
  return inOrder(text, operator, lower)
}

function isAbsence(value: string): boolean {
  return absences.has(value.toLowerCase())
}

function isEquality(operator: Relation): boolean {
  return operator === ':' || operator === '='
}

/** Compares numbers by size and texts by their characters, which is by time for dates. */
function inOrder<T extends number | string>(left: T, operator: Relation, right: T): boolean {
  switch (operator) {
    case ':':
    case '=':
      return left === right
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
  }
}
