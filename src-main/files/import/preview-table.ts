import type { DatasetPreview } from '@shared/protocol/datasets'
import { ColumnSummary } from './column-summary'
import { suggestRoles } from './roles'
import { MAXIMUM_CELLS, unreadable, type TableReader } from './table-reader'

const FIRST_ROWS = 20

/**
 * Reads a table once and says what it holds; what is wrong in single cells is counted, not thrown.
 *
 * @throws {LabError} 'invalid-request' for rows of different lengths, no rows, or more than 10⁷ cells
 */
export async function previewTable(reader: TableReader): Promise<DatasetPreview> {
  const { name, format, columns, delimiter, decimal, header } = reader
  const summaries = columns.map((column) => new ColumnSummary(column, decimal))
  const firstRows: string[][] = []
  let rows = 0
  for await (const batch of reader.batches()) {
    rows += batch.length
    requireCells(name, rows, columns.length)
    for (const { number, cells } of batch) {
      if (firstRows.length < FIRST_ROWS) firstRows.push(cells.map(String))
      cells.forEach((cell, i) => summaries[i]?.add(cell, number))
    }
  }
  if (rows === 0) throw unreadable(name, 'has names, but no rows')
  const previews = summaries.map((summary) => summary.preview())
  return {
    ...{ fileName: name, format, delimiter, decimal, header, rows },
    columns: previews,
    firstRows,
    roles: suggestRoles(previews)
  }
}

/** @throws {LabError} 'invalid-request' for more than 10⁷ cells */
export function requireCells(name: string, rows: number, columns: number): void {
  if (rows * columns > MAXIMUM_CELLS) {
    throw unreadable(
      name,
      `has more than ${MAXIMUM_CELLS} cells (${columns} columns and at least ${rows} rows): import a part`
    )
  }
}
