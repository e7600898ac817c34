import { setImmediate } from 'node:timers/promises'
import type { ImportFormat } from '@shared/protocol/datasets'
import {
  batchRows,
  requireColumns,
  type Cell,
  type ReadColumn,
  type TableReader
} from './table-reader'

/**
 * A table whose cells are in memory already.
 *
 * @param cells those of a row, counted from 0
 * @throws {LabError} as requireColumns
 */
export function memoryReader(
  name: string,
  format: ImportFormat,
  columns: readonly ReadColumn[],
  rows: number,
  cells: (row: number) => readonly Cell[]
): TableReader {
  requireColumns(name, columns)
  const perBatch = batchRows(columns.length)
  return {
    ...{ name, format, columns, counted: 'row', delimiter: null, decimal: '.', header: null },
    batches: async function* () {
      for (let start = 0; start < rows; start += perBatch) {
        yield Array.from({ length: Math.min(perBatch, rows - start) }, (_, i) => ({
          number: start + i + 1,
          cells: cells(start + i)
        }))
        await setImmediate()
      }
    }
  }
}
