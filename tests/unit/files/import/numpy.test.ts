import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { importTable } from '../../../../src-main/files/import/import-table'
import { decodeNpy } from '../../../../src-main/files/npy'
import { readNpz } from '../../../../src-main/files/npz'
import { file, numpyFile, preview } from './files'
import { zipArchive } from './zip-archive'

const expected = JSON.parse(readFileSync(numpyFile('expected.json'), 'utf8')) as Record<
  string,
  { shape: number[]; values: number[] }
>

describe('.npy', () => {
  test.each(Object.entries(expected))('%s holds what numpy wrote', (name, { shape, values }) => {
    const array = decodeNpy(readFileSync(numpyFile(`${name}.npy`)), name, 1000)
    expect(array.shape).toEqual(shape)
    expect([...array.values]).toEqual(values)
  })

  test.each([
    ['object', "elements of type '|O'"],
    ['complex', "elements of type '<c16'"],
    ['text', "elements of type '<U1'"],
    ['fields', 'records of several fields'],
    ['half', "elements of type '<f2'"],
    ['large-whole', 'that float64 cannot hold exactly'],
    ['scalar', 'is a single number, not rows']
  ])('with %s is refused', async (name, message) => {
    await expect(preview(numpyFile(`refused-${name}.npy`))).rejects.toThrow(message)
  })

  test('cut short or extended anywhere is refused', () => {
    const bytes = readFileSync(numpyFile('f8-little.npy'))
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeNpy(bytes.subarray(0, length), 'cut.npy', 1000)).toThrow(/^cut\.npy /)
    }
    expect(() => decodeNpy(Buffer.concat([bytes, Buffer.from([0])]), 'long.npy', 1000)).toThrow(
      'it is damaged'
    )
  })

  test('with a header that is larger than any array needs is refused', () => {
    const bytes = Buffer.alloc(2 ** 20, ' ')
    bytes.write('\x93NUMPY\x02\x00', 'latin1')
    bytes.writeUInt32LE(bytes.length - 12, 8)
    bytes.write("{'descr': '<f8', 'fortran_order': False, 'shape': (0,)}", 12)
    expect(() => decodeNpy(bytes, 'a.npy', 100)).toThrow('a.npy has a header of 1048564 bytes')
  })

  test('that claims more than is read takes no memory for it', () => {
    const bytes = readFileSync(numpyFile('f8-little.npy'))
    const claims = Buffer.from(
      bytes
        .toString('latin1')
        .replace('(5, 3), }   ', '(99999999, 3999999), }')
        .slice(0, bytes.length),
      'latin1'
    )
    expect(() => decodeNpy(claims, 'big.npy', 1000)).toThrow(/more than the 1000 that are read/)
  })

  test('becomes a table whose further dimensions are columns', async () => {
    const { rows, columns, firstRows } = await preview(numpyFile('u1-images.npy'))
    expect([rows, columns.length]).toEqual([4, 6])
    expect(firstRows[1]).toEqual(['6', '7', '8', '9', '10', '11'])
    const fortran = await preview(numpyFile('u1-images-fortran.npy'))
    expect(fortran.firstRows).toEqual(firstRows)
  })

  test('with values that are not finite is previewed, and refused by row and column', async () => {
    const path = numpyFile('not-finite.npy')
    const { columns } = await preview(path)
    expect(columns.map(({ missing, firstMissing }) => [missing, firstMissing])).toEqual([
      [1, 3],
      [1, 2]
    ])
    await expect(importTable(path, {})).rejects.toThrow(
      'not-finite.npy, row 2, column “column 2” has no value (NaN)'
    )
    await expect(
      importTable(path, { inputs: ['column 2'], targets: ['column 1'] })
    ).rejects.toThrow('row 2')
  })
})

describe('.npz', () => {
  test.each(['stored', 'compressed'])('%s by numpy: arrays are inputs and label', async (name) => {
    const { shape, values } = expected['f8-little']!
    const table = await importTable(numpyFile(`${name}.npz`), { inputs: ['X'], label: 'y' })
    expect(table.inputNames).toEqual(['X[0]', 'X[1]', 'X[2]'])
    expect([table.inputs.rows, table.inputs.columns]).toEqual(shape)
    expect([...table.inputs.values]).toEqual(values)
    expect(table.targets).toEqual({
      kind: 'classes',
      names: ['0', '1', '2'],
      labels: Int32Array.of(0, 1, 2, 1, 0)
    })
  })

  test('with arrays of unequal length needs to be told which ones to read', async () => {
    const path = numpyFile('uneven.npz')
    await expect(preview(path)).rejects.toThrow('X_train 5×3, y_train 5, X_test 2×3, y_test 2')
    const table = await importTable(path, { inputs: ['X_test'], targets: ['y_test'] })
    expect(table.inputs.rows).toBe(2)
  })

  const npy = readFileSync(numpyFile('f8-little.npy'))
  test.each([
    ['states that it is huge', { content: npy, statedSize: 4_000_000_000 }, 'would unpack to more'],
    [
      'unpacks to more than it states',
      { content: Buffer.alloc(50_000_000), statedSize: 1000 },
      /too many bytes/
    ],
    ['unpacks to less than it states', { content: npy, statedSize: npy.length + 9 }, /not enough/],
    ['has another checksum', { content: npy, statedChecksum: 1 }, 'checksum of X.npy is wrong'],
    ['leaves its folder', { content: npy, name: '../X.npy' }, /invalid relative path/],
    ['has an absolute path', { content: npy, name: '/X.npy' }, /absolute path/]
  ])('that %s is refused', async (_, entry, message) => {
    const path = file('bad.npz', zipArchive([{ name: 'X.npy', ...entry }]))
    await expect(readNpz(path, 'bad.npz', 100_000)).rejects.toThrow(message)
  })

  test('of many entries, or of entries that add up to too much, is refused', async () => {
    const header = npy.subarray(0, 128).toString('latin1').replace('(5, 3), }   ', '(10000,), } ')
    const large = Buffer.concat([Buffer.from(header, 'latin1'), Buffer.alloc(80_000)])
    expect(decodeNpy(large, 'large.npy', 20_000).shape).toEqual([10_000])
    const read = (
      count: number,
      name: (i: number) => string,
      content: Buffer
    ): Promise<unknown> => {
      const entries = Array.from({ length: count }, (_, i) => ({ name: name(i), content }))
      return readNpz(file('a.npz', zipArchive(entries)), 'a.npz', 20_000)
    }
    await expect(read(30, (i) => `a${i}.npy`, large)).rejects.toThrow('would unpack to more than')
    await expect(read(1001, String, npy)).rejects.toThrow('has 1001 entries')
    await expect(read(2, () => 'a.npy', npy)).rejects.toThrow('has two arrays a')
  })

  test('that is garbage, empty or cut short is refused', async () => {
    const whole = readFileSync(numpyFile('stored.npz'))
    const contents = [Buffer.alloc(0), Buffer.from('hello'), Buffer.alloc(300, 0x50)]
    for (let cut = 1; cut < 12; cut++) {
      contents.push(whole.subarray(0, Math.floor((whole.length * cut) / 12)))
    }
    for (const content of contents) {
      await expect(preview(file('bad.npz', content))).rejects.toThrow(/^bad\.npz /)
    }
  })
})
