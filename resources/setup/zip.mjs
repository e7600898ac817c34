import { createReadStream, createWriteStream } from 'node:fs'
import { chmod, mkdir, open, readFile, rm, symlink } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import zlib from 'node:zlib'

/**
 * @typedef {{ name: string, method: number, crc: number, packed: number, size: number, offset: number, mode: number }} Member
 */

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_MEMBER = 0x02014b50
const ZIP64 = 0xffffffff

/**
 * Takes some members out of a zip archive (Python wheels and Electron's releases are zips). Node
 * has no reader of its own, and this one needs nothing that npm has not installed yet.
 *
 * @param {string} archive
 * @param {string} folder
 * @param {(name: string) => string | undefined} destination where a member goes, relative to the
 *   folder; undefined leaves it out
 * @returns {Promise<number>} the number of files taken
 * @throws {Error} when the archive is damaged or a member would leave the folder
 */
export async function extractZip(archive, folder, destination) {
  const file = await open(archive, 'r')
  try {
    const members = await readDirectory(file)
    let count = 0
    for (const member of members) {
      if (member.name.endsWith('/')) continue
      const to = destination(member.name)
      if (to === undefined) continue
      const path = resolve(folder, to)
      if (!path.startsWith(resolve(folder) + sep))
        throw new Error(`${member.name} leaves the folder`)
      await mkdir(dirname(path), { recursive: true })
      await extractMember(archive, file, member, path)
      count += 1
    }
    return count
  } finally {
    await file.close()
  }
}

/**
 * @param {string} archive
 * @param {import('node:fs/promises').FileHandle} file
 * @param {Member} member
 * @param {string} path
 */
async function extractMember(archive, file, member, path) {
  const header = await readAt(file, member.offset, 30)
  const start = member.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  let crc = 0
  let size = 0
  const check = new Transform({
    transform(chunk, _encoding, done) {
      crc = zlib.crc32(chunk, crc)
      size += chunk.length
      done(null, chunk)
    }
  })
  if (member.size === 0) await (await open(path, 'w')).close()
  else {
    const packed = createReadStream(archive, {
      start,
      end: start + member.packed - 1,
      highWaterMark: 1 << 20
    })
    const out = createWriteStream(path)
    if (member.method === 0) await pipeline(packed, check, out)
    else if (member.method === 8)
      await pipeline(packed, zlib.createInflateRaw({ chunkSize: 1 << 18 }), check, out)
    else throw new Error(`${member.name}: compression method ${member.method} is not supported`)
  }
  if (crc !== member.crc || size !== member.size) throw new Error(`${member.name} is damaged`)
  await applyMode(member, path)
}

/**
 * @param {Member} member
 * @param {string} path
 */
async function applyMode(member, path) {
  const isLink = (member.mode & 0o170000) === 0o120000
  if (isLink) {
    const target = await readFile(path, 'utf8')
    await rm(path)
    await symlink(target, path)
  } else if (member.mode & 0o111) await chmod(path, 0o755)
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @returns {Promise<Member[]>}
 */
async function readDirectory(file) {
  const { size } = await file.stat()
  const tail = await readAt(file, Math.max(0, size - 66000), Math.min(size, 66000))
  let end = tail.length - 22
  while (end >= 0 && tail.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1
  if (end < 0) throw new Error('no zip archive, or its end is missing')
  const count = tail.readUInt16LE(end + 10)
  const length = tail.readUInt32LE(end + 12)
  const offset = tail.readUInt32LE(end + 16)
  if (count === 0xffff || offset === ZIP64)
    throw new Error('zip archives over 4 GB are not supported')
  const directory = await readAt(file, offset, length)
  /** @type {Member[]} */
  const members = []
  let at = 0
  for (let index = 0; index < count; index += 1) {
    if (directory.readUInt32LE(at) !== DIRECTORY_MEMBER) throw new Error('damaged zip directory')
    const nameLength = directory.readUInt16LE(at + 28)
    const member = {
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      packed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      mode: directory.readUInt32LE(at + 38) >>> 16,
      offset: directory.readUInt32LE(at + 42)
    }
    if ([member.packed, member.size, member.offset].includes(ZIP64))
      throw new Error(`${member.name}: members over 4 GB are not supported`)
    members.push(member)
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return members
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {number} position
 * @param {number} length
 */
async function readAt(file, position, length) {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, position)
  if (bytesRead !== length) throw new Error('the zip archive is cut short')
  return buffer
}
