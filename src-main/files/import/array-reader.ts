import { readFile } from 'node:fs/promises'
import type { ImportFormat } from '@shared/protocol/datasets'
import { decodeNpy, type NumpyArray } from '../npy'
import { readNpz } from '../npz'
import { memoryReader } from './memory-reader'
import {
  MAXIMUM_CELLS,
  numberedColumns,
  unreadable,
  type Cell,
  type ReadColumn,
  type TableReader
} from './table-reader'

/** Opens a .npy file: its first dimension counts rows, the others together are columns. */
export async function openNpy(path: string, name: string): Promise<TableReader> {
  const array = decodeNpy(await readFile(path), name, MAXIMUM_CELLS)
  const { columns } = extent(array, name)
  return arrayReader(name, 'npy', numberedColumns(columns), [{ name, array }])
}

/**
 * Opens an .npz file, whose arrays stand side by side.
 *
 * @param wanted names of the arrays or columns that have a role; null for all of them
 * @throws {LabError} 'invalid-request' where arrays differ in their numbers of rows
 */
export async function openNpz(
  path: string,
  name: string,
  wanted: ReadonlySet<string> | null
): Promise<TableReader> {
  const arrays = [...(await readNpz(path, name, MAXIMUM_CELLS))].map(([array, content]) => ({
    name: array,
    array: content,
    columns: groupColumns(array, extent(content, `${array} in ${name}`).columns)
  }))
  const used = arrays.filter(
    ({ name: array, columns }) =>
      wanted === null || wanted.has(array) || columns.some((column) => wanted.has(column.name))
  )
  if (used.length === 0) {
    throw unreadable(
      name,
      `has the arrays ${arrays.map((array) => array.name).join(', ') || '(none)'}`
    )
  }
  const sizes = used.map(({ name: array, array: { shape } }) => `${array} ${shape.join('×')}`)
  if (new Set(used.map(({ array }) => array.shape[0])).size > 1) {
    throw unreadable(
      name,
      `has arrays with different numbers of rows (${sizes.join(', ')}): name those that are inputs ` +
        'and targets'
    )
  }
  return arrayReader(
    name,
    'npz',
    used.flatMap(({ columns }) => columns),
    used
  )
}

/** The columns of a named array: its own name where it has one, else its name and an index. */
export function groupColumns(group: string, count: number): ReadColumn[] {
  if (count === 1) return [{ name: group, group }]
  return Array.from({ length: count }, (_, i) => ({ name: `${group}[${i}]`, group }))
}

function extent({ shape }: NumpyArray, name: string): { rows: number; columns: number } {
  const [rows, ...others] = shape
  if (rows === undefined) throw unreadable(name, 'is a single number, not rows')
  return { rows, columns: others.reduce((product, size) => product * size, 1) }
}

function arrayReader(
  name: string,
  format: ImportFormat,
  columns: readonly ReadColumn[],
  arrays: readonly { readonly name: string; readonly array: NumpyArray }[]
): TableReader {
  const rows = arrays[0]?.array.shape[0] ?? 0
  return memoryReader(name, format, columns, rows, (row) =>
    arrays.flatMap(({ array: { values } }): Cell[] => {
      const width = values.length / rows
      return [...values.subarray(row * width, (row + 1) * width)]
    })
  )
}
