import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { RunDetail } from '@shared/protocol/results'
import type { DataFormat } from '@shared/protocol/run-data'
import { csvBytes } from '../files/csv'
import { parquetBytes } from '../files/parquet'
import { writeFileAtomically } from '../files/write-atomically'
import { zipBytes } from '../files/zip-writer'
import type { ExportSource } from './export-source'
import { jsonData } from './json-data'
import { numpyEntries } from './numpy-data'
import { runArrays } from './run-arrays'
import { runTables } from './run-tables'

/** What of a run goes into files, and how. */
export interface DataChoice {
  readonly format: DataFormat
  /** Also kernels, which are large. */
  readonly kernels: boolean
}

/** A file about to be written. */
interface OutputFile {
  readonly path: string
  readonly content: () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>
}

/**
 * Writes the data of a run into a folder, piece by piece: as CSV or Parquet one file a table, as JSON one file, as
 * NumPy one .npz archive, or a folder of .npy files.
 *
 * @returns the files written
 * @throws {LabError} 'file-problem' with the file that could not be written; 'session-unusable' where
 *   stored arrays are damaged
 */
export async function exportData(
  source: ExportSource,
  run: RunDetail,
  folder: string,
  choice: DataChoice
): Promise<string[]> {
  const written: string[] = []
  for (const { path, content } of dataFiles(source, run, choice)) {
    const target = join(folder, path)
    await mkdir(dirname(target), { recursive: true })
    await writeFileAtomically(target, inTurns(content()))
    written.push(target)
  }
  return written
}

function dataFiles(source: ExportSource, run: RunDetail, choice: DataChoice): OutputFile[] {
  switch (choice.format) {
    case 'csv':
    case 'parquet': {
      const bytes = { csv: csvBytes, parquet: parquetBytes }[choice.format]
      return runTables(source, run, choice).map(({ name, columns, rows }) => ({
        path: `${name}.${choice.format}`,
        content: () => bytes(columns, rows())
      }))
    }
    case 'json':
      return [{ path: 'data.json', content: () => jsonData(run, runTables(source, run, choice)) }]
    case 'npz': {
      const entries = numpyEntries(run, runArrays(source, run, choice))
      return [{ path: 'data.npz', content: () => zipBytes(entries) }]
    }
    case 'npy':
      return numpyEntries(run, runArrays(source, run, choice))
  }
}

/** Hands pieces on so that other work gets its turn between two of them. */
async function* inTurns(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    yield piece
    await setImmediate()
  }
}
