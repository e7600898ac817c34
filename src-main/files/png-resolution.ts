import { crc32 } from 'node:zlib'

const METRES_PER_INCH = 0.0254
/** Bytes of the signature, and of a chunk's length, type and checksum. */
const SIGNATURE = 8
const FRAME = 12
const PER_METRE = 1

/**
 * A PNG file that says how many pixels go into an inch, by a pHYs chunk right behind its header.
 *
 * @param png a file without a pHYs chunk
 */
export function withResolution(png: Uint8Array, dotsPerInch: number): Uint8Array {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength)
  const afterHeader = SIGNATURE + FRAME + bytes.readUInt32BE(SIGNATURE)
  const pixelsPerMetre = Math.round(dotsPerInch / METRES_PER_INCH)
  const content = Buffer.alloc(9)
  content.writeUInt32BE(pixelsPerMetre, 0)
  content.writeUInt32BE(pixelsPerMetre, 4)
  content.writeUInt8(PER_METRE, 8)
  return Buffer.concat([
    bytes.subarray(0, afterHeader),
    chunk('pHYs', content),
    bytes.subarray(afterHeader)
  ])
}

function chunk(type: string, content: Buffer): Buffer {
  const checked = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(checked))
  return Buffer.concat([length, checked, checksum])
}
