import fc from 'fast-check'
import papa from 'papaparse'
import { expect, test } from 'vitest'
import { importTable } from '../../../../src-main/files/import/import-table'
import { openTable } from '../../../../src-main/files/import/open-table'
import { file } from './files'

/** Any characters but NUL, which makes a file no text, and the byte order mark. */
const text = fc.string({ unit: 'binary' }).map((s) => s.replaceAll(/[\0\ufeff]/g, '·'))
const tables = fc
  .record({ columns: fc.integer({ min: 2, max: 5 }), rows: fc.integer({ min: 1, max: 8 }) })
  .chain(({ columns, rows }) =>
    fc.array(fc.array(text, { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows
    })
  )
const delimiter = fc.constantFrom(',', ';', '\t', '|')
const newline = fc.constantFrom('\n', '\r\n')

async function cellsOf(path: string, stated: string): Promise<unknown[][]> {
  const reader = await openTable(path, { delimiter: stated, header: false })
  const cells: unknown[][] = []
  for await (const batch of reader.batches()) cells.push(...batch.map((row) => [...row.cells]))
  return cells
}

test('texts come back as they were written, and as a second parser reads them', async () => {
  await fc.assert(
    fc.asyncProperty(tables, delimiter, newline, async (table, stated, end) => {
      const written = papa.unparse(table, { delimiter: stated, newline: end, quotes: true })
      const cells = await cellsOf(file('text.csv', written + end), stated)
      expect(cells).toEqual(table)
      const second = papa.parse<string[]>(written, { delimiter: stated, newline: end })
      expect(cells).toEqual(second.data)
    }),
    { numRuns: 100 }
  )
})

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })

test('every float64 comes back bit for bit', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(finite, finite, finite), { minLength: 1, maxLength: 20 }),
      delimiter,
      async (rows, stated) => {
        const written = papa.unparse([['a', 'b', 'y'], ...rows], { delimiter: stated })
        const path = file('numbers.csv', written)
        const { inputs, targets } = await importTable(path, { inputs: ['a', 'b'], targets: ['y'] })
        expect(inputs.values).toEqual(
          Float64Array.from(rows.flatMap(([a, b]) => [Number(String(a)), Number(String(b))]))
        )
        expect(targets).toMatchObject({
          values: { values: Float64Array.from(rows, (r) => r[2] + 0) }
        })
      }
    ),
    { numRuns: 50 }
  )
})
