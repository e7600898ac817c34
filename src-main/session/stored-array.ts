import { endianness } from 'node:os'

/** Element types of stored arrays. */
export const dtypes = ['float64', 'float32', 'int32'] as const
export type Dtype = (typeof dtypes)[number]

/** A row-major array of numbers as a session stores it; its bits come back as they went in. */
export interface StoredArray {
  readonly dtype: Dtype
  /** Sizes from the outermost dimension inwards; empty for a single number. */
  readonly shape: readonly number[]
  readonly data: Float64Array | Float32Array | Int32Array
}

const constructors = { float64: Float64Array, float32: Float32Array, int32: Int32Array } as const
const isBigEndian = endianness() === 'BE'

/** A float64 array for storage; without a shape it is a vector. */
export function float64(data: Float64Array, shape: readonly number[] = [data.length]): StoredArray {
  return { dtype: 'float64', shape, data }
}

/** A float32 array for storage; without a shape it is a vector. */
export function float32(data: Float32Array, shape: readonly number[] = [data.length]): StoredArray {
  return { dtype: 'float32', shape, data }
}

/** An int32 array for storage; without a shape it is a vector. */
export function int32(data: Int32Array, shape: readonly number[] = [data.length]): StoredArray {
  return { dtype: 'int32', shape, data }
}

/** Bytes that an array of this type and shape takes. */
export function byteCount(dtype: Dtype, shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, constructors[dtype].BYTES_PER_ELEMENT)
}

/**
 * The little-endian bytes of an array; on a little-endian machine a view of its memory, not a copy.
 *
 * @throws {RangeError} when its data do not fit its dtype and shape
 */
export function encodeArray({ dtype, shape, data }: StoredArray): Buffer {
  if (!(data instanceof constructors[dtype]) || data.byteLength !== byteCount(dtype, shape)) {
    throw new RangeError(
      `${data.constructor.name} of length ${data.length} is no ${dtype} array of shape [${shape.join(', ')}]`
    )
  }
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  return isBigEndian ? swapped(Buffer.from(bytes), dtype) : bytes
}

/**
 * An array from its little-endian bytes, in memory of its own.
 *
 * @throws {RangeError} when there are more or fewer bytes than its dtype and shape need
 */
export function decodeArray(
  bytes: Uint8Array,
  dtype: Dtype,
  shape: readonly number[]
): StoredArray {
  if (bytes.byteLength !== byteCount(dtype, shape)) {
    throw new RangeError(
      `${bytes.byteLength} bytes are no ${dtype} array of shape [${shape.join(', ')}]`
    )
  }
  const memory = new ArrayBuffer(bytes.byteLength)
  new Uint8Array(memory).set(bytes)
  if (isBigEndian) swapped(Buffer.from(memory), dtype)
  return { dtype, shape, data: new constructors[dtype](memory) }
}

function swapped(bytes: Buffer, dtype: Dtype): Buffer {
  return dtype === 'float64' ? bytes.swap64() : bytes.swap32()
}
