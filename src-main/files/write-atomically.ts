import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { LabError } from '@shared/protocol/errors'

/**
 * Writes a file so that its path holds either what was there before or all of the new bytes, also
 * when the process or the machine stops in between; when it returns, the bytes are on the disk.
 *
 * @param content all bytes, or what gives them piece by piece
 * @throws {LabError} file-problem, or what the content throws; what was there before is then still there
 */
export async function writeFileAtomically(
  path: string,
  content: Uint8Array | AsyncIterable<Uint8Array>
): Promise<void> {
  const folder = dirname(path)
  const temporary = join(folder, `.${basename(path)}.${randomUUID()}.part`)
  try {
    await writeDurably(temporary, content)
    await rename(temporary, path)
    await syncFolder(folder)
  } catch (cause) {
    await rm(temporary, { force: true })
    if (cause instanceof LabError) throw cause
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new LabError('file-problem', `${path} could not be written: ${why}`, { cause })
  }
}

async function writeDurably(
  path: string,
  content: Uint8Array | AsyncIterable<Uint8Array>
): Promise<void> {
  const file = await open(path, 'wx')
  try {
    if (content instanceof Uint8Array) await file.writeFile(content)
    // Every call goes on where the last one ended.
    else for await (const piece of content) await file.writeFile(piece)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes the renaming durable where folders can be synchronised: not on Windows, nor on some network disks. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}
