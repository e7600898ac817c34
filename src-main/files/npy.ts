import { invalidNpy, readNpyHeader } from './npy-header'

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
  const { descr, fortranOrder, shape, offset } = readNpyHeader(bytes, name)
  const { bytes: size, read, little } = elementType(descr, name)
  const count = shape.reduce((product, extent) => product * extent, 1)
  if (count > maximumElements) {
    throw invalidNpy(name, `has ${count} elements, more than the ${maximumElements} that are read`)
  }
  const wanted = offset + count * size
  if (bytes.byteLength !== wanted) {
    throw invalidNpy(
      name,
      `has ${bytes.byteLength} bytes, but its header needs ${wanted}: it is damaged`
    )
  }
  const values = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const value = read(view, offset + i * size, little)
    if (value === null) {
      throw invalidNpy(name, `has a whole number at element ${i} that float64 cannot hold exactly`)
    }
    values[i] = value
  }
  return { shape, values: fortranOrder ? rowMajor(values, shape) : values }
}

function exact(value: bigint): number | null {
  return BigInt(Number(value)) === value ? Number(value) : null
}

/** The element type that a file's header names. */
function elementType(descr: string, name: string): { read: Read; bytes: number; little: boolean } {
  const [, byteOrder = '', code = ''] = /^([<>|])(\w+)$/.exec(descr) ?? []
  const type = elementTypes[code]
  if (type && (byteOrder !== '|' || type.bytes === 1)) {
    return { ...type, little: byteOrder !== '>' }
  }
  throw invalidNpy(
    name,
    `has elements of type '${descr}', but only truth values, whole numbers, float32 and float64 ` +
      "are read: convert it with .astype('float64') first"
  )
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
