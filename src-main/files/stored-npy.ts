import {
  byteCount,
  decodeArray,
  dtypes,
  encodeArray,
  type StoredArray
} from '../session/stored-array'
import { invalidNpy, npyHeader, npyTypes, readNpyHeader } from './npy-header'

/** A session's array as the bytes of a .npy file: its header, and its numbers bit for bit. */
export function encodeNpy(array: StoredArray): [header: Uint8Array, numbers: Uint8Array] {
  return [npyHeader(array.dtype, array.shape), encodeArray(array)]
}

/** How many bytes encodeNpy gives. */
export function npyByteCount({ dtype, shape }: Pick<StoredArray, 'dtype' | 'shape'>): number {
  return npyHeader(dtype, shape).byteLength + byteCount(dtype, shape)
}

/**
 * An array with its bits as they are in a .npy file that encodeNpy wrote.
 *
 * @param name what to call the file in messages
 * @throws {LabError} 'invalid-request' for element types, byte orders and layouts that sessions do not
 *   store, and for files that are cut short
 */
export function storedFromNpy(bytes: Uint8Array, name: string): StoredArray {
  const { descr, fortranOrder, shape, offset } = readNpyHeader(bytes, name)
  const dtype = dtypes.find((one) => npyTypes[one] === descr)
  if (!dtype || fortranOrder) {
    const order = fortranOrder ? ' in Fortran order' : ''
    throw invalidNpy(
      name,
      `has elements of type '${descr}'${order}, but sessions store little-endian ` +
        `${dtypes.join(', ')} in C order alone`
    )
  }
  const wanted = offset + byteCount(dtype, shape)
  if (bytes.byteLength !== wanted) {
    throw invalidNpy(name, `has ${bytes.byteLength} bytes, but its header needs ${wanted}`)
  }
  return decodeArray(bytes.subarray(offset), dtype, shape)
}
