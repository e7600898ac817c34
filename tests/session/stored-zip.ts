import { crc32, inflateRawSync } from 'node:zlib'

const END = 0x06054b50
const CENTRAL = 0x02014b50

/**
 * The entries of a zip archive in its directory's order: a parser of its own, written from PKWARE's
 * APPNOTE, so that the lab's archives are not checked by the library that reads them alone.
 */
export function storedZip(bytes: Buffer): Map<string, Buffer> {
  const end = bytes.length - 22
  if (bytes.readUInt32LE(end) !== END) throw new Error('no end of a central directory')
  const entries = new Map<string, Buffer>()
  let at = bytes.readUInt32LE(end + 16)
  for (let i = 0; i < bytes.readUInt16LE(end + 10); i++) {
    if (bytes.readUInt32LE(at) !== CENTRAL) throw new Error(`no entry at ${at}`)
    const method = bytes.readUInt16LE(at + 10)
    const checksum = bytes.readUInt32LE(at + 16)
    const size = bytes.readUInt32LE(at + 20)
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((o) =>
      bytes.readUInt16LE(at + o)
    )
    const name = bytes.subarray(at + 46, at + 46 + (nameLength ?? 0)).toString('utf8')
    const local = bytes.readUInt32LE(at + 42)
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const stored = bytes.subarray(start, start + size)
    const content = method === 8 ? inflateRawSync(stored) : stored
    if (crc32(content) !== checksum) throw new Error(`${name} has a wrong checksum`)
    entries.set(name, content)
    at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0)
  }
  return entries
}
