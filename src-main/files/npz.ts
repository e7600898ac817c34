import type { ZipFile } from 'yauzl'
import { decodeNpy, type NumpyArray } from './npy'
import { refusedArchive, unpack, withArchive } from './zip-reader'

const MAXIMUM_ENTRIES = 1000
/** Room for a header beside the numbers. */
const HEADER_BYTES = 2 ** 20

/**
 * Reads the arrays of an .npz file, a zip archive of .npy files, compressed or not.
 *
 * No entry is unpacked beyond the size it states, and nothing is where the sizes stated add up to
 * more than the elements allow: what a zip bomb claims is refused before it is unpacked, what it
 * hides while it is.
 *
 * @param name what to call the file in messages
 * @returns the arrays by name, in the archive's order
 * @throws {LabError} 'invalid-request' for what is no archive, damaged, encrypted or too large
 */
export async function readNpz(
  path: string,
  name: string,
  maximumElements: number
): Promise<Map<string, NumpyArray>> {
  return withArchive(path, name, '.npz archive', (archive) =>
    readArrays(archive, name, maximumElements)
  )
}

async function readArrays(
  archive: ZipFile,
  name: string,
  maximumElements: number
): Promise<Map<string, NumpyArray>> {
  if (archive.entryCount > MAXIMUM_ENTRIES) {
    throw refusedArchive(name, `has ${archive.entryCount} entries, more than ${MAXIMUM_ENTRIES}`)
  }
  const arrays = new Map<string, NumpyArray>()
  const maximumBytes = 8 * maximumElements + HEADER_BYTES
  let total = 0
  for await (const entry of archive.eachEntry()) {
    if (!entry.fileName.endsWith('.npy')) continue
    const array = entry.fileName.slice(0, -'.npy'.length)
    total += entry.uncompressedSize
    if (total > maximumBytes) {
      throw refusedArchive(
        name,
        `would unpack to more than ${maximumBytes} bytes: it has more than ${maximumElements} numbers, ` +
          'or is made to fill the memory'
      )
    }
    if (arrays.has(array)) throw refusedArchive(name, `has two arrays ${array}`)
    const bytes = await unpack(archive, entry, name)
    arrays.set(array, decodeNpy(bytes, `${array} in ${name}`, maximumElements))
  }
  return arrays
}
