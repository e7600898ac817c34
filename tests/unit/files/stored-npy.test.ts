import { expect, test } from 'vitest'
import { decodeNpy } from '../../../src-main/files/npy'
import { encodeNpy, npyByteCount, storedFromNpy } from '../../../src-main/files/stored-npy'
import { float32, float64, int32 } from '../../../src-main/session/stored-array'

const arrays = [
  float64(Float64Array.of(1, -0, 5e-324, Infinity, -Infinity, 1e308), [2, 3]),
  float32(Float32Array.of(0.1, -1e-45, 3e38, NaN), [2, 1, 2]),
  int32(Int32Array.of(-(2 ** 31), 2 ** 31 - 1)),
  float64(Float64Array.of(42), []),
  float64(new Float64Array(0), [0, 5])
]

test.each(arrays)('an array of shape $shape comes back bit for bit', (array) => {
  const bytes = Buffer.concat(encodeNpy(array))
  expect(bytes.byteLength).toBe(npyByteCount(array))
  const again = storedFromNpy(bytes, 'a.npy')
  expect(again).toMatchObject({ dtype: array.dtype, shape: array.shape })
  expect(Buffer.from(again.data.buffer).equals(Buffer.from(array.data.buffer))).toBe(true)
  // The reader of foreign files agrees.
  const { shape, values } = decodeNpy(bytes, 'a.npy', 100)
  expect([shape, [...values]]).toEqual([array.shape, [...array.data]])
})

test('bits that mean nothing to arithmetic are kept', () => {
  const data = new Float64Array(1)
  new BigUint64Array(data.buffer)[0] = 0x7ff8_dead_beef_0001n
  const again = storedFromNpy(Buffer.concat(encodeNpy(float64(data))), 'a.npy')
  expect(new BigUint64Array(again.data.buffer)[0]).toBe(0x7ff8_dead_beef_0001n)
})

const sound = Buffer.concat(encodeNpy(float64(Float64Array.of(1, 2, 3), [3])))
const changed = (from: string, to: string): Buffer =>
  Buffer.from(sound.toString('latin1').replace(from, to), 'latin1')

test.each([
  [
    'big-endian numbers',
    changed("'<f8'", "'>f8'"),
    "a.npy has elements of type '>f8', but sessions"
  ],
  ['another type', changed("'<f8'", "'<c8'"), "type '<c8'"],
  ['Fortran order', changed('False', 'True '), 'in Fortran order'],
  ['a shape of more', changed('(3,)', '(4,)'), 'its header needs'],
  [
    'a shape of 10^18',
    changed(`(3,), }${' '.repeat(18)}`, '(1000000000000000000,), }'),
    'its header needs'
  ],
  ['a cut', sound.subarray(0, -1), 'its header needs'],
  ['no .npy', Buffer.alloc(200), 'does not begin as a .npy file does']
])('%s is refused', (_, bytes, message) => {
  expect(() => storedFromNpy(bytes, 'a.npy')).toThrow(message)
})
