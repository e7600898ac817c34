import { stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import type { ImportOptions } from '@shared/protocol/datasets'
import { LabError } from '@shared/protocol/errors'
import { openNpy, openNpz } from './array-reader'
import { openCsv } from './csv-reader'
import { openJson } from './json-reader'
import type { TableReader } from './table-reader'

/**
 * Opens a file with a table, by the ending of its name: .npy, .npz and .json as what they say, all
 * others as text with delimiters.
 *
 * @throws {LabError} 'not-found'; 'file-problem' where it cannot be read; 'invalid-request' where it
 *   is no such file, damaged or too large
 */
export async function openTable(path: string, options: ImportOptions): Promise<TableReader> {
  const status = await stat(path).catch(() => null)
  if (!status) throw new LabError('not-found', `no file ${path}`)
  if (!status.isFile()) throw new LabError('file-problem', `${path} is not a file`)
  const name = basename(path)
  switch (extname(path).toLowerCase()) {
    case '.npy':
      return openNpy(path, name)
    case '.npz':
      return openNpz(path, name, namedArrays(options))
    case '.json':
      return openJson(path, name)
    default: {
      const { delimiter, decimal, header } = options
      return openCsv(path, name, {
        ...(delimiter !== undefined && { delimiter }),
        ...(decimal !== undefined && { decimal }),
        ...(header !== undefined && { header })
      })
    }
  }
}

/** All names of roles, where inputs and what is to be learned are both stated. */
function namedArrays({ inputs, targets, label }: ImportOptions): ReadonlySet<string> | null {
  if (!inputs || (!targets && label === undefined)) return null
  return new Set([...inputs, ...(targets ?? []), ...(label === undefined ? [] : [label])])
}
