import type { RunDetail } from '@shared/protocol/results'
import { encodeNpy } from '../files/stored-npy'
import { textContent, type ZipEntry } from '../files/zip-writer'
import type { StoredArray } from '../session/stored-array'
import type { ExportedArray } from './run-arrays'

/** Large arrays are handed on in pieces, so that other work gets its turn. */
const PIECE_BYTES = 1 << 20

/** A run's arrays as files: .npy each, and a manifest that says what they are. */
export function numpyEntries(run: RunDetail, arrays: readonly ExportedArray[]): ZipEntry[] {
  const manifest = {
    format: 'tangent-run-arrays',
    version: 1,
    run,
    arrays: arrays.map(({ name, dtype, shape, dimensions, meaning }) => ({
      ...{ name, dtype, shape, dimensions, meaning }
    }))
  }
  return [
    {
      path: 'manifest.json',
      compress: true,
      content: textContent(`${JSON.stringify(manifest, null, 2)}\n`)
    },
    ...arrays.map(({ name, read }) => npyEntry(name, read))
  ]
}

/** An array as a .npy file in an archive. */
export function npyEntry(name: string, read: () => StoredArray): ZipEntry {
  return {
    path: `${name}.npy`,
    compress: false,
    content: function* () {
      for (const part of encodeNpy(read())) {
        for (let at = 0; at < part.byteLength; at += PIECE_BYTES) {
          yield part.subarray(at, at + PIECE_BYTES)
        }
      }
    }
  }
}
