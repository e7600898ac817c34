import { PassThrough, Readable } from 'node:stream'
import { ZipFile } from 'yazl'

/** One file of an archive. */
export interface ZipEntry {
  /** With "/" between folders. */
  readonly path: string
  /** Numbers hardly shrink: they are better stored as they are. */
  readonly compress: boolean
  /** Its bytes, asked for when the entries before it are written. */
  readonly content: () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>
}

/** The earliest time that archives know: when a file was exported is not what it holds. */
const FIXED_TIME = new Date(1980, 0, 1)

/**
 * The bytes of a zip archive, which has no more than a piece of one entry in memory. The same entries
 * give the same bytes.
 */
export function zipBytes(entries: Iterable<ZipEntry>): AsyncIterable<Uint8Array> {
  const archive = new ZipFile()
  const output = new PassThrough()
  const fail = (error: Error): void => {
    output.destroy(error)
  }
  archive.on('error', fail)
  for (const { path, compress, content } of entries) {
    const options = { compress, mtime: FIXED_TIME, mode: 0o100644, forceDosTimestamp: true }
    archive.addReadStreamLazy(path, options, (give) => {
      const stream = Readable.from(onDemand(content), { objectMode: false })
      // yazl listens for the errors of its own streams alone.
      stream.on('error', fail)
      give(null, stream)
    })
  }
  archive.end()
  archive.outputStream.pipe(output)
  return output
}

/** A text as a file's content. */
export function textContent(text: string): () => Iterable<Uint8Array> {
  return () => [new TextEncoder().encode(text)]
}

/** What goes wrong while the content is made becomes an error of its stream. */
async function* onDemand(content: ZipEntry['content']): AsyncGenerator<Uint8Array> {
  yield* content()
}
