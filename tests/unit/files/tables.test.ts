import { parquetReadObjects, parquetMetadata } from 'hyparquet'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { csvBytes } from '../../../src-main/files/csv'
import { parquetBytes } from '../../../src-main/files/parquet'

const numbers = [
  0,
  -0,
  0.1,
  1 / 3,
  5e-324,
  -1.7976931348623157e308,
  2 ** 53,
  NaN,
  Infinity,
  -Infinity
]
const texts = ['plain', 'a,b', 'say "κ"', 'two\nlines', '', ' spaced ', '=1+1', '日本', 'x;y', '\t']
const columns = ['number', 'text', 'truth', 'gap']
const rows = numbers.map((value, i) => [value, texts[i] ?? '', i % 2 === 0, i < 3 ? null : i])

const joined = (pieces: Iterable<Uint8Array>): Buffer => Buffer.concat([...pieces])

test('CSV gives another parser the same cells, numbers to the last bit', () => {
  const text = joined(csvBytes(columns, rows)).toString('utf8')
  const { data, errors } = Papa.parse<string[]>(text, { skipEmptyLines: true })
  expect(errors).toEqual([])
  expect(data[0]).toEqual(columns)
  const read = data
    .slice(1)
    .map(([number, label, truth, gap]) => [
      Number(number),
      label,
      truth === 'true',
      gap === '' ? null : Number(gap)
    ])
  expect(read.length).toBe(rows.length)
  read.forEach((row, i) => {
    row.forEach((cell, c) => {
      expect(Object.is(cell, rows[i]?.[c]), `row ${i}, ${columns[c]}: ${String(cell)}`).toBe(true)
    })
  })
})

test('a table of no rows still has its names', () => {
  expect(joined(csvBytes(columns, [])).toString()).toBe('number,text,truth,gap\n')
})

test('rows are asked for as the text is read', () => {
  let asked = 0
  const endless = function* () {
    for (;;) yield [asked++]
  }
  const pieces = csvBytes(['n'], endless())
  pieces.next()
  expect(asked).toBeLessThan(10_000)
  pieces.return(undefined)
})

const read = async (bytes: Buffer) => {
  const file = Uint8Array.from(bytes).buffer
  return { metadata: parquetMetadata(file), objects: await parquetReadObjects({ file }) }
}

test('Parquet gives its own reader the same cells', async () => {
  const { objects } = await read(joined(parquetBytes(columns, rows)))
  expect(objects).toEqual(
    rows.map((row) => Object.fromEntries(columns.map((name, c) => [name, row[c]])))
  )
})

test('Parquet is written in groups, and says its types', async () => {
  const many = function* () {
    for (let i = 0; i < 250_001; i++) yield [i / 7, null]
  }
  const { metadata, objects } = await read(joined(parquetBytes(['x', 'none'], many())))
  expect(Number(metadata.num_rows)).toBe(250_001)
  expect(metadata.row_groups.map((group) => Number(group.num_rows))).toEqual([1e5, 1e5, 50_001])
  expect(objects[250_000]).toEqual({ x: 250_000 / 7, none: null })
})

test('Parquet of no rows has its columns', async () => {
  const { metadata, objects } = await read(joined(parquetBytes(columns, [])))
  expect(objects).toEqual([])
  expect(metadata.schema.slice(1).map(({ name }) => name)).toEqual(columns)
})
