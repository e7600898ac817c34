import { LabError } from '@shared/protocol/errors'

/** An array of numbers from a NumPy file, row-major whatever its order was in the file. */
export interface NumpyArray {
  /** Sizes from the outermost dimension inwards; empty for a single number. */
  readonly shape: readonly number[]
  readonly values: Float64Array
}

/** null for a whole number that float64 cannot hold. */
type Read = (view: DataView, offset: number, littleEndian: boolean) => number | null

/** Element types by NumPy's code without its byte order. */
const elementTypes: Readonly<Record<string, { bytes: number; read: Read }>> = {
  b1: { bytes: 1, read: (view, at) => view.getUint8(at) },
  i1: { bytes: 1, read: (view, at) => view.getInt8(at) },
  u1: { bytes: 1, read: (view, at) => view.getUint8(at) },
  i2: { bytes: 2, read: (view, at, little) => view.getInt16(at, little) },
  u2: { bytes: 2, read: (view, at, little) => view.getUint16(at, little) },
  i4: { bytes: 4, read: (view, at, little) => view.getInt32(at, little) },
  u4: { bytes: 4, read: (view, at, little) => view.getUint32(at, little) },
  i8: { bytes: 8, read: (view, at, little) => exact(view.getBigInt64(at, little)) },
  u8: { bytes: 8, read: (view, at, little) => exact(view.getBigUint64(at, little)) },
  f4: { bytes: 4, read: (view, at, little) => view.getFloat32(at, little) },
  f8: { bytes: 8, read: (view, at, little) => view.getFloat64(at, little) }
}

/** Behind the byte 0x93. */
const MAGIC = 'NUMPY'
const PREAMBLE = 8

/**
 * Reads the bytes of a .npy file (numpy.lib.format, versions 1 to 3): numbers and truth values of
 * either byte order, C or Fortran order.
 *
 * @param name what to call it in messages
 * @param maximumElements more are refused before memory is taken for them
 * @throws {LabError} 'invalid-request' for other element types (objects, texts, complex numbers),
 *   for whole numbers that float64 cannot hold, and for files that are cut short or no .npy
 */
export function decodeNpy(bytes: Uint8Array, name: string, maximumElements: number): NumpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { littleEndian, type, fortranOrder, shape, offset } = readHeader(bytes, view, name)
  const { bytes: size, read } = type
  const count = shape.reduce((product, extent) => product * extent, 1)
  if (count > maximumElements) {
    throw invalid(name, `has ${count} elements, more than the ${maximumElements} that are read`)
  }
  const wanted = offset + count * size
  if (bytes.byteLength !== wanted) {
    throw invalid(
      name,
      `has ${bytes.byteLength} bytes, but its header needs ${wanted}: it is damaged`
    )
  }
  const values = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const value = read(view, offset + i * size, littleEndian)
    if (value === null) {
      throw invalid(name, `has a whole number at element ${i} that float64 cannot hold exactly`)
    }
    values[i] = value
  }
  return { shape, values: fortranOrder ? rowMajor(values, shape) : values }
}

function exact(value: bigint): number | null {
  return BigInt(Number(value)) === value ? Number(value) : null
}

interface Header {
  readonly littleEndian: boolean
  readonly type: { bytes: number; read: Read }
  readonly fortranOrder: boolean
  readonly shape: number[]
  /** Where the numbers begin. */
  readonly offset: number
}

function readHeader(bytes: Uint8Array, view: DataView, name: string): Header {
  const latin1 = new TextDecoder('latin1')
  if (bytes.byteLength < 12 || bytes[0] !== 0x93 || latin1.decode(bytes.subarray(1, 6)) !== MAGIC) {
    throw invalid(name, 'does not begin as a .npy file does')
  }
  const version = bytes[6] ?? 0
  if (version < 1 || version > 3) throw invalid(name, `has format version ${version}, not 1 to 3`)
  const lengthBytes = version === 1 ? 2 : 4
  const length = version === 1 ? view.getUint16(PREAMBLE, true) : view.getUint32(PREAMBLE, true)
  const offset = PREAMBLE + lengthBytes + length
  if (offset > bytes.byteLength) throw invalid(name, 'ends inside its header: it is damaged')
  const text = latin1.decode(bytes.subarray(PREAMBLE + lengthBytes, offset))
  const descr = /'descr':\s*'([^']*)'/.exec(text)?.[1]
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1]
  const sizes = /'shape':\s*\(([\dL,\s]*)\)/.exec(text)?.[1]
  if (descr === undefined && text.includes("'descr': [")) {
    throw invalid(name, 'has records of several fields: save each field as an array of its own')
  }
  if (descr === undefined || order === undefined || sizes === undefined) {
    throw invalid(name, 'has a header that cannot be read')
  }
  const [, byteOrder = '', code = ''] = /^([<>|])(\w+)$/.exec(descr) ?? []
  const type = elementTypes[code]
  if (!type || (byteOrder === '|' && type.bytes > 1)) {
    throw invalid(
      name,
      `has elements of type '${descr}', but only truth values, whole numbers, float32 and float64 ` +
        "are read: convert it with .astype('float64') first"
    )
  }
  const shape = sizes.match(/\d+/g)?.map(Number) ?? []
  return { littleEndian: byteOrder !== '>', type, fortranOrder: order === 'True', shape, offset }
}

/** Row-major numbers from those whose first index runs fastest. */
function rowMajor(values: Float64Array, shape: readonly number[]): Float64Array {
  const out = new Float64Array(values.length)
  const index = shape.map(() => 0)
  const strides = shape.map((_, axis) =>
    shape.slice(0, axis).reduce((product, extent) => product * extent, 1)
  )
  let from = 0
  for (let i = 0; i < out.length; i++) {
    out[i] = values[from] ?? NaN
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (index[axis] ?? 0) + 1
      const stride = strides[axis] ?? 0
      if (next < (shape[axis] ?? 0)) {
        index[axis] = next
        from += stride
        break
      }
      index[axis] = 0
      from -= (next - 1) * stride
    }
  }
  return out
}

function invalid(name: string, problem: string): LabError {
  return new LabError('invalid-request', `${name} ${problem}.`)
}
