import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { importTable } from '../../../../src-main/files/import/import-table'
import { file, numpyFile, preview } from './files'

const csv = (content: string | Uint8Array): string => file('data.csv', content)

describe('the dialect of a text file is found', () => {
  test.each([
    ['a,b,y\n1,2,3\n4,5,6\n', { delimiter: ',', decimal: '.', header: true }],
    ['a;b;y\n1,5;2;3\n4;5;6\n', { delimiter: ';', decimal: ',', header: true }],
    ['a\tb, c\ty\r\n1\t2\t3\r\n', { delimiter: '\t', decimal: '.', header: true }],
    ['1|2|3\n4|5|6\n', { delimiter: '|', decimal: '.', header: false }],
    ['\ufeffa,b\n1,2\n', { delimiter: ',', decimal: '.', header: true }],
    ['a,b\n"1,5",2\n', { delimiter: ',', decimal: '.', header: true }]
  ] as const)('%j', async (content, dialect) => {
    const found = await preview(csv(content))
    expect(found).toMatchObject({ format: 'csv', ...dialect })
    expect(found.columns[0]?.name).toBe(dialect.header ? 'a' : 'column 1')
  })

  test('of numbers that numpy.savetxt wrote', async () => {
    const { rows, columns, firstRows } = await preview(numpyFile('savetxt.txt'))
    expect([rows, columns.length]).toEqual([5, 3])
    const expected = JSON.parse(readFileSync(numpyFile('expected.json'), 'utf8')) as Record<
      string,
      { values: number[] }
    >
    expect(firstRows.flat().map(Number)).toEqual(expected['f8-little']?.values)
  })

  test('unless it is stated', async () => {
    const found = await preview(csv('1;2\n3;4\n'), { delimiter: ',', header: true })
    expect(found).toMatchObject({ rows: 1, columns: [{ name: '1;2', type: 'text' }] })
  })
})

describe('a preview', () => {
  test('has types, statistics, missing cells and suggested roles', async () => {
    const found = await preview(csv('x,note,y\n1,,0.5\n-3,two words,inf\n,"a ""b""",2.5\n'))
    expect(found).toMatchObject({
      fileName: 'data.csv',
      rows: 3,
      firstRows: [
        ['1', '', '0.5'],
        ['-3', 'two words', 'inf'],
        ['', 'a "b"', '2.5']
      ],
      columns: [
        {
          type: 'number',
          missing: 1,
          firstMissing: 4,
          statistics: { minimum: -3, maximum: 1, mean: -1, deviation: 2 }
        },
        { type: 'text', missing: 1, firstMissing: 2, distinct: 3, statistics: null },
        { type: 'number', missing: 1, firstMissing: 3 }
      ],
      roles: { inputs: ['x', 'y'], targets: [], label: 'note' }
    })
  })

  test.each([
    ['a,b,c\n1,2,3\n', { inputs: ['a', 'b'], targets: ['c'], label: null }],
    ['y,a,b\n1,2,3\n', { inputs: ['a', 'b'], targets: ['y'], label: null }],
    ['class,a,b\n1,2,3\n', { inputs: ['a', 'b'], targets: [], label: 'class' }],
    ['a,species,b\n1,cat,3\n', { inputs: ['a', 'b'], targets: [], label: 'species' }],
    ['id,a,name,b\nk,1,cat,3\n', { inputs: ['a'], targets: ['b'], label: null }]
  ])('of %j suggests roles', async (content, roles) => {
    expect((await preview(csv(content))).roles).toEqual(roles)
  })
})

describe('an import', () => {
  const people = 'age,height,group,score\n30,1.8,b,2\n40,1.7,a,3\n50,1.6,b,5\n'

  test('takes the columns of stated roles, in the stated order', async () => {
    const table = await importTable(csv(people), { inputs: ['height', 'age'], targets: ['score'] })
    expect(table).toEqual({
      inputNames: ['height', 'age'],
      inputs: { values: Float64Array.of(1.8, 30, 1.7, 40, 1.6, 50), rows: 3, columns: 2 },
      targets: {
        kind: 'numbers',
        names: ['score'],
        values: { values: Float64Array.of(2, 3, 5), rows: 3, columns: 1 }
      }
    })
  })

  test('finds roles that are not stated', async () => {
    const byLabel = await importTable(csv(people), {})
    expect(byLabel.inputNames).toEqual(['age', 'height', 'score'])
    expect(byLabel.targets).toEqual({
      kind: 'classes',
      names: ['a', 'b'],
      labels: Int32Array.of(1, 0, 1)
    })
    const byTarget = await importTable(csv(people), { targets: ['age'] })
    expect(byTarget.inputNames).toEqual(['height', 'score'])
    const byInputs = await importTable(csv('a,b,c\n1,2,3\n'), { inputs: ['a'] })
    expect([byInputs.inputNames, byInputs.targets.names]).toEqual([['a'], ['c']])
  })

  test('orders classes that are numbers as numbers', async () => {
    const { targets } = await importTable(csv('x,class\n1,10\n2,9\n3,10\n'), {})
    expect(targets).toMatchObject({ names: ['9', '10'], labels: Int32Array.of(1, 0, 1) })
  })

  test.each([
    [{ inputs: ['agee'] }, 'has no column “agee”; its columns are age, height, group, score'],
    [{ inputs: ['age'], targets: ['age'] }, 'two roles for column “age”'],
    [{ targets: ['age'], label: 'group' }, 'targets and a label'],
    [{ inputs: ['age', 'height', 'score', 'group'] }, 'no column for targets or a label'],
    [
      { inputs: ['group'], targets: ['age'] },
      'line 2, column “group” has “b”, which is not a number'
    ]
  ])('with roles %j is refused', async (options, message) => {
    await expect(importTable(csv(people), options)).rejects.toThrow(message)
  })

  test.each([
    ['a,b\n1,2\n3,\n', 'data.csv, line 3, column “b” has no value: fill it in, or remove the row'],
    ['a,b\n1,2\n\n\nNA,4\n', 'line 5, column “a” has no value (NA)'],
    ['a,b\n1,2\n"3",NaN\n', 'line 3, column “b” has no value (NaN)'],
    ['a,b\n1,-inf\n3,4\n', 'line 2, column “b” has -inf, which is not a finite number'],
    ['a,b\n1,1e999\n3,4\n', 'line 2, column “b” has 1e999, which is not a finite number'],
    ['a,b\n1,2\n0x10,4\n', 'line 3, column “a” has “0x10”'],
    ['a,note,b\n1,"two\nlines",2\n3,x,?\n', 'line 4, column “b” has no value (?)']
  ])('of %j names row and column', async (content, message) => {
    await expect(importTable(csv(content), { inputs: ['a'], targets: ['b'] })).rejects.toThrow(
      message
    )
  })
})

describe('hostile text is refused:', () => {
  test.each<[string, string | Uint8Array, RegExp | string]>([
    ['empty', '', 'has no rows'],
    ['blank lines', '\n\n\n', 'has no rows'],
    ['names alone', 'a,b\n', 'has names, but no rows'],
    ['a short row', 'a,b,c\n1,2,3\n4,5\n', 'has 2 cells in line 3'],
    ['a long row', 'a,b\n1,2\n\n3,4,5\n', 'has 3 cells in line 4'],
    ['an open quotation', 'a,b\n1,"2\n3,4\n', 'ends inside a quotation'],
    ['a quote inside a cell', 'a,b\n1,x"y\n', /cannot be read at line 2: .*quote/i],
    ['two columns of one name', 'a,b,a\n1,2,3\n', 'two columns “a”, the 1. and the 3.'],
    ['UTF-16', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), 'UTF-16: save it as UTF-8'],
    ['Latin-1', Buffer.from('a,größe\n1,2\n', 'latin1'), 'not text in UTF-8'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'not a text file'],
    ['a cut character at the end', Buffer.from([0x61, 0x2c, 0x62, 0x0a, 0x31, 0xc3]), 'UTF-8'],
    ['too many columns', `${'1,'.repeat(20_001)}1\n`, 'has 20002 columns, more than 20000']
  ])('%s', async (_, content, message) => {
    await expect(preview(csv(content))).rejects.toThrow(message)
    await expect(preview(csv(content))).rejects.toMatchObject({ code: 'invalid-request' })
  })

  test('a quotation that swallows the file', async () => {
    const content = Buffer.concat([Buffer.from('a,b\n1,"'), Buffer.alloc(2 ** 24 + 10, 'x')])
    await expect(preview(csv(content))).rejects.toThrow('is a quotation not closed?')
  })

  test('more than 10⁷ cells, without reading on', async () => {
    const row = `${'1,'.repeat(9_999)}1\n`
    const tooMany = Buffer.concat([Buffer.from(row.repeat(1010)), Buffer.from('"')])
    await expect(preview(csv(tooMany))).rejects.toThrow('has more than 10000000 cells')
  })

  test('a missing file, and a folder', async () => {
    await expect(preview('/nowhere/data.csv')).rejects.toMatchObject({ code: 'not-found' })
    await expect(preview(numpyFile(''))).rejects.toMatchObject({ code: 'file-problem' })
  })
})

test('a long import gives other work its turns', async () => {
  const path = csv(`a,b\n${'0.25,17\n'.repeat(100_000)}`)
  let turns = 0
  const timer = setInterval(() => turns++, 0)
  const table = await importTable(path, {})
  clearInterval(timer)
  expect(table.inputs.rows).toBe(100_000)
  expect(turns).toBeGreaterThan(5)
})

describe('JSON', () => {
  const json = (content: unknown): string => file('data.json', JSON.stringify(content))
  const table = {
    inputNames: ['a', 'b'],
    inputs: { values: Float64Array.of(1, 2, 3, 4), rows: 2, columns: 2 },
    targets: {
      kind: 'numbers',
      names: ['y'],
      values: { values: Float64Array.of(5, 6), rows: 2, columns: 1 }
    }
  }

  test('objects, columns, and columns that are matrices', async () => {
    const objects = [
      { a: 1, b: 2, y: 5 },
      { y: 6, a: 3, b: 4 }
    ]
    expect(await importTable(json(objects), {})).toEqual(table)
    expect(await importTable(json({ a: [1, 3], b: [2, 4], y: [5, 6] }), {})).toEqual(table)
    const X = [
      [1, 2],
      [3, 4]
    ]
    const matrix = await importTable(json({ X, y: [5, 6] }), { inputs: ['X'], targets: ['y'] })
    expect(matrix).toEqual({ ...table, inputNames: ['X[0]', 'X[1]'] })
    const rows = await importTable(json([...X, [5, 6]]), {})
    expect(rows.inputNames).toEqual(['column 1'])
  })

  test('truth values are classes', async () => {
    const { targets } = await importTable(json({ a: [1, 3], label: [true, false] }), {})
    expect(targets).toMatchObject({ names: ['false', 'true'], labels: Int32Array.of(1, 0) })
  })

  test.each([
    [[{ a: 1, y: 2 }, { a: 1 }], 'row 2, column “y” has no value'],
    [
      [
        { a: 1, y: 2 },
        { a: 1, y: null }
      ],
      'row 2, column “y” has no value'
    ],
    [[{ a: 1 }, { a: 1, b: 2 }], 'has “b” in row 2, but not in the first'],
    [[[1, 2], [3]], 'has 1 cells in row 2, but 2 in the first'],
    [{ a: [1, 2], y: [1] }, 'has 1 rows in “y”, but 2 in “a”'],
    [[{ a: { b: 1 } }], 'is no table'],
    [[], 'is no table'],
    [3, 'is no table'],
    [{}, 'has no columns']
  ])('%j is refused', async (content, message) => {
    await expect(importTable(json(content), {})).rejects.toThrow(message)
  })

  test.each(['[', '{"a":'])('that is nested a million levels deep is refused: %s', async (open) => {
    const close = open === '[' ? ']' : '}'
    const text = `${open.repeat(1_000_000)}1${close.repeat(1_000_000)}`
    await expect(preview(file('deep.json', text))).rejects.toThrow(
      /deep.json is (no table|not JSON)/
    )
  })

  test('that is too large is refused before it is read', async () => {
    const path = file('data.json', Buffer.alloc(25_000_001, ' '))
    await expect(preview(path)).rejects.toThrow('more than the 25000000 that JSON may have')
  })

  test('that is none is refused', async () => {
    await expect(preview(file('data.json', '{"a": [NaN]}'))).rejects.toThrow('is not JSON')
  })
})
