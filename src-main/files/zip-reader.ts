import { crc32 } from 'node:zlib'
import { openPromise, type Entry, type ZipFile } from 'yauzl'
import { LabError } from '@shared/protocol/errors'

/**
 * Works with a zip archive and closes it; what is wrong with the archive is said in words.
 *
 * @param name what to call the file in messages
 * @param kind what it should be, such as ".npz archive"
 * @throws {LabError} 'invalid-request' for what is no archive or is damaged, and what the work throws
 */
export async function withArchive<T>(
  path: string,
  name: string,
  kind: string,
  work: (archive: ZipFile) => Promise<T>
): Promise<T> {
  try {
    const archive = await openPromise(path, { autoClose: false })
    try {
      return await work(archive)
    } finally {
      archive.close()
    }
  } catch (error) {
    if (error instanceof LabError) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new LabError('invalid-request', `${name} is not a sound ${kind}: ${why}.`, {
      cause: error
    })
  }
}

/** The bytes of an entry, no more than it states; a wrong checksum is refused. */
export async function unpack(archive: ZipFile, entry: Entry, name: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of await archive.openReadStreamPromise(entry)) {
    chunks.push(chunk as Buffer)
  }
  const bytes = Buffer.concat(chunks)
  if (crc32(bytes) !== entry.crc32) {
    throw refusedArchive(name, `is damaged: the checksum of ${entry.fileName} is wrong`)
  }
  return bytes
}

export function refusedArchive(name: string, problem: string): LabError {
  return new LabError('invalid-request', `${name} ${problem}.`)
}
