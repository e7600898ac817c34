/** The header must fill a multiple of this many bytes, so that the numbers after it are aligned. */
const ALIGNMENT = 64

/**
 * What a .npy file starts with (NumPy's format 1.0) for a float64 matrix, little-endian and
 * row-major; the numbers follow. NumPy reads such files in place: numpy.load(path, mmap_mode='r').
 */
export function numpyHeader(rows: number, columns: number): Uint8Array {
  const description = `{'descr': '<f8', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`
  const prefix = 10
  const length = Math.ceil((prefix + description.length + 1) / ALIGNMENT) * ALIGNMENT
  const header = Buffer.alloc(length, ' ')
  header.write('\x93NUMPY\x01\x00', 0, 'latin1')
  header.writeUInt16LE(length - prefix, 8)
  header.write(description, prefix, 'latin1')
  header.write('\n', length - 1, 'latin1')
  return header
}
