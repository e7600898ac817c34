import { LabError } from '@shared/protocol/errors'
import type { Dtype } from '../session/stored-array'

/** The header must fill a multiple of this many bytes, so that the numbers after it are aligned. */
const ALIGNMENT = 64
/** Behind the byte 0x93. */
const MAGIC = 'NUMPY'
const PREAMBLE = 8
/** A description of a plain array takes about 100 bytes; NumPy refuses more than 10,000, too. */
const MAXIMUM_HEADER_BYTES = 2 ** 16

/** NumPy's names of the element types that sessions store, little-endian. */
export const npyTypes: Readonly<Record<Dtype, string>> = {
  float64: '<f8',
  float32: '<f4',
  int32: '<i4'
}

/**
 * What a .npy file starts with (NumPy's format 1.0) for an array, little-endian and row-major; the
 * numbers follow. NumPy reads such files in place: numpy.load(path, mmap_mode='r').
 *
 * @param shape sizes from the outermost dimension inwards; empty for a single number
 */
export function npyHeader(dtype: Dtype, shape: readonly number[]): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0] ?? 0},` : shape.join(', ')
  const description = `{'descr': '${npyTypes[dtype]}', 'fortran_order': False, 'shape': (${sizes}), }`
  const prefix = PREAMBLE + 2
  const length = Math.ceil((prefix + description.length + 1) / ALIGNMENT) * ALIGNMENT
  const header = Buffer.alloc(length, ' ')
  header.write(`\x93${MAGIC}\x01\x00`, 0, 'latin1')
  header.writeUInt16LE(length - prefix, PREAMBLE)
  header.write(description, prefix, 'latin1')
  header.write('\n', length - 1, 'latin1')
  return header
}

/** What a .npy file says of its numbers. */
export interface NpyDescription {
  /** NumPy's name of the element type with its byte order, such as "<f8". */
  readonly descr: string
  readonly fortranOrder: boolean
  readonly shape: readonly number[]
  /** Where the numbers begin. */
  readonly offset: number
}

/**
 * Reads the header of a .npy file (numpy.lib.format, versions 1 to 3).
 *
 * @param name what to call the file in messages
 * @throws {LabError} 'invalid-request' for what is no .npy file, or one whose elements are records
 */
export function readNpyHeader(bytes: Uint8Array, name: string): NpyDescription {
  const latin1 = new TextDecoder('latin1')
  if (bytes.byteLength < 12 || bytes[0] !== 0x93 || latin1.decode(bytes.subarray(1, 6)) !== MAGIC) {
    throw invalidNpy(name, 'does not begin as a .npy file does')
  }
  const version = bytes[6] ?? 0
  if (version < 1 || version > 3) {
    throw invalidNpy(name, `has format version ${version}, not 1 to 3`)
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const lengthBytes = version === 1 ? 2 : 4
  const length = version === 1 ? view.getUint16(PREAMBLE, true) : view.getUint32(PREAMBLE, true)
  if (length > MAXIMUM_HEADER_BYTES) {
    throw invalidNpy(
      name,
      `has a header of ${length} bytes, more than ${MAXIMUM_HEADER_BYTES}: it describes no array of numbers`
    )
  }
  const offset = PREAMBLE + lengthBytes + length
  if (offset > bytes.byteLength) throw invalidNpy(name, 'ends inside its header: it is damaged')
  const text = latin1.decode(bytes.subarray(PREAMBLE + lengthBytes, offset))
  const descr = /'descr':\s*'([^']*)'/.exec(text)?.[1]
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1]
  const sizes = /'shape':\s*\(([\dL,\s]*)\)/.exec(text)?.[1]
  if (descr === undefined && text.includes("'descr': [")) {
    throw invalidNpy(name, 'has records of several fields: save each field as an array of its own')
  }
  if (descr === undefined || order === undefined || sizes === undefined) {
    throw invalidNpy(name, 'has a header that cannot be read')
  }
  const shape = sizes.match(/\d+/g)?.map(Number) ?? []
  return { descr, fortranOrder: order === 'True', shape, offset }
}

export function invalidNpy(name: string, problem: string): LabError {
  return new LabError('invalid-request', `${name} ${problem}.`)
}
