import { lstatSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { extractZip } from '../../resources/setup/zip.mjs'
import { temporaryFolder } from './folders'

interface Member {
  name: string
  data: string
  packed?: boolean
  mode?: number
}

/** A zip archive as in the specification: members with their headers, the directory, its end. */
function zip(members: Member[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, data, packed = true, mode = 0o100644 } of members) {
    const content = packed ? deflateRawSync(data) : Buffer.from(data)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50)
    local.writeUInt16LE(name.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50)
    central.writeUInt16LE(packed ? 8 : 0, 10)
    central.writeUInt32LE(crc32(data), 16)
    central.writeUInt32LE(content.length, 20)
    central.writeUInt32LE(Buffer.byteLength(data), 24)
    central.writeUInt16LE(name.length, 28)
    central.writeUInt32LE((mode << 16) >>> 0, 38)
    central.writeUInt32LE(offset, 42)
    const body = Buffer.concat([local, Buffer.from(name), content])
    bodies.push(body)
    directory.push(central, Buffer.from(name))
    offset += body.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(members.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, ...directory, end])
}

function archive(bytes: Buffer): { file: string; folder: string } {
  const folder = temporaryFolder()
  const file = join(folder, 'archive.zip')
  writeFileSync(file, bytes)
  return { file, folder: join(folder, 'out') }
}

const library = { name: 'top/library.so', data: 'library '.repeat(50), mode: 0o100755 }

test('chosen members come out with their content, mode and links', async () => {
  const { file, folder } = archive(
    zip([
      { name: 'top/', data: '', packed: false },
      library,
      { name: 'top/stored', data: 'as it is', packed: false },
      { name: 'top/link', data: 'library.so', packed: false, mode: 0o120777 },
      { name: 'other/unwanted', data: 'unwanted' }
    ])
  )
  const count = await extractZip(file, folder, (name: string) =>
    name.startsWith('top/') ? name.slice(4) : undefined
  )
  expect(count).toBe(3)
  expect(readFileSync(join(folder, 'library.so'), 'utf8')).toBe(library.data)
  expect(lstatSync(join(folder, 'library.so')).mode & 0o111).not.toBe(0)
  expect(readFileSync(join(folder, 'stored'), 'utf8')).toBe('as it is')
  expect(readlinkSync(join(folder, 'link'))).toBe('library.so')
})

test('damage is noticed: a flipped byte, a cut archive, no archive at all', async () => {
  const sound = zip([{ ...library, packed: false }])
  const flipped = Buffer.from(sound)
  flipped.writeUInt8(0, 60)
  for (const bytes of [flipped, sound.subarray(0, sound.length - 30), Buffer.from('nothing')]) {
    const { file, folder } = archive(bytes)
    await expect(extractZip(file, folder, (name: string) => name)).rejects.toThrow()
  }
})

test('no member gets out of the folder', async () => {
  const { file, folder } = archive(zip([{ name: '../outside', data: 'x' }]))
  await expect(extractZip(file, folder, (name: string) => name)).rejects.toThrow(
    /leaves the folder/
  )
})
