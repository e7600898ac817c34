import type { DataTable, TableTargets } from '@shared/design/datasets/table'
import type { ImportOptions } from '@shared/protocol/datasets'
import { isMissing, numberFrom } from './cell'
import { MAXIMUM_DISTINCT } from './column-summary'
import { GrowingNumbers } from './growing-numbers'
import { openTable } from './open-table'
import { previewTable, requireCells } from './preview-table'
import { placeColumns } from './roles'
import { placeOf, unreadable, type Cell, type Row, type TableReader } from './table-reader'

/**
 * Imports a file's columns as inputs and as targets or classes.
 *
 * @throws {LabError} 'invalid-request' naming row and column for a missing value, NaN, an infinity or
 *   a text where a number is needed; what openTable, previewTable and placeColumns refuse
 */
export async function importTable(path: string, options: ImportOptions): Promise<DataTable> {
  const reader = await openTable(path, options)
  const isSettled = options.inputs && (options.targets ?? options.label) !== undefined
  // Which columns have numbers is known only when all rows have been seen.
  const suggested = isSettled
    ? { inputs: [], targets: [], label: null }
    : (await previewTable(reader)).roles
  const { inputs, targets, label } = placeColumns(reader.name, reader.columns, options, suggested)
  const inputNumbers = new GrowingNumbers()
  const targetNumbers = new GrowingNumbers()
  const labels: string[] = []
  let rows = 0
  for await (const batch of reader.batches()) {
    rows += batch.length
    requireCells(reader.name, rows, reader.columns.length)
    for (const row of batch) {
      for (const place of inputs) inputNumbers.push(requireNumber(reader, row, place))
      for (const place of targets) targetNumbers.push(requireNumber(reader, row, place))
      if (label !== null) labels.push(requireLabel(reader, row, label))
    }
  }
  if (rows === 0) throw unreadable(reader.name, 'has names, but no rows')
  const namesOf = (places: readonly number[]): string[] =>
    places.map((place) => reader.columns[place]?.name ?? '')
  return {
    inputNames: namesOf(inputs),
    inputs: { values: inputNumbers.take(), rows, columns: inputs.length },
    targets:
      label === null
        ? {
            kind: 'numbers',
            names: namesOf(targets),
            values: { values: targetNumbers.take(), rows, columns: targets.length }
          }
        : classesOf(reader, labels, label)
  }
}

function requireNumber(reader: TableReader, row: Row, place: number): number {
  const cell = row.cells[place] ?? ''
  const value = numberFrom(cell, reader.decimal)
  if (value !== null && Number.isFinite(value)) return value
  const where = placeOf(reader, row.number, reader.columns[place]?.name ?? '')
  if (value !== null) throw unreadable(where, `has ${String(cell)}, which is not a finite number`)
  if (isMissing(cell)) throw missing(where, cell)
  throw unreadable(
    where,
    `has “${String(cell)}”, which is not a number: correct it, or give the column no role`
  )
}

function requireLabel(reader: TableReader, row: Row, place: number): string {
  const cell = row.cells[place] ?? ''
  if (isMissing(cell)) {
    throw missing(placeOf(reader, row.number, reader.columns[place]?.name ?? ''), cell)
  }
  return String(cell).trim()
}

function missing(where: string, cell: Cell): Error {
  const found = cell === '' ? '' : ` (${String(cell)})`
  return unreadable(where, `has no value${found}: fill it in, or remove the row`)
}

/** Classes in numerical order where all are numbers, else in that of their letters. */
function classesOf(reader: TableReader, labels: readonly string[], place: number): TableTargets {
  const names = [...new Set(labels)]
  const column = reader.columns[place]?.name ?? ''
  if (names.length > MAXIMUM_DISTINCT) {
    throw unreadable(
      reader.name,
      `has ${names.length} different values in “${column}”, too many for classes: make it a target`
    )
  }
  if (names.length < 2) throw unreadable(reader.name, `has one class alone in “${column}”`)
  const numbers = names.every((name) => numberFrom(name, reader.decimal) !== null)
  names.sort((a, b) => (numbers ? Number(a) - Number(b) : a < b ? -1 : 1))
  const indices = new Map(names.map((name, i) => [name, i]))
  return {
    kind: 'classes',
    names,
    labels: Int32Array.from(labels, (name) => indices.get(name) ?? -1)
  }
}
