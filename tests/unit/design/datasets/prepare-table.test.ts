import { describe, expect, test } from 'vitest'
import { datasetSchema, resolveDataset, type Dataset } from '@shared/design/dataset'
import type { DataTable } from '@shared/design/datasets/table'
import { matrixFromRows, matrixRow, norm, type Matrix } from '@shared/design/matrix'

const names = ['a', 'b', 'c']
/** Row i is (i, i², 7), of class i mod 3, with the target −i. */
const count = 30
const rowNumbers = Array.from({ length: count }, (_, i) => i)
const inputs = matrixFromRows(
  rowNumbers.map((i) => [i, i * i, 7]),
  'inputs'
)
const classified: DataTable = {
  inputNames: ['x', 'y', 'z'],
  inputs,
  targets: { kind: 'classes', names, labels: Int32Array.from(rowNumbers, (i) => i % 3) }
}
const numeric: DataTable = {
  ...classified,
  targets: {
    kind: 'numbers',
    names: ['t'],
    values: matrixFromRows(
      rowNumbers.map((i) => [-i]),
      'targets'
    )
  }
}

function prepared(table: DataTable, changes: object = {}): Dataset {
  const spec = datasetSchema.parse({ kind: 'bundled', set: 'iris', ...changes })
  return resolveDataset(spec, { bundled: () => table, stored: () => table })
}
const rows = (matrix: Matrix): number[][] =>
  Array.from({ length: matrix.rows }, (_, i) => [...matrixRow(matrix, i)])
const firsts = (matrix: Matrix): number[] => rows(matrix).map(([x = NaN]) => x)

describe('the split', () => {
  test('takes every row once, the share as test points, by the seed', () => {
    const data = prepared(numeric, { testShare: 0.3, seed: 5 })
    expect([data.trainInputs.rows, data.testInputs.rows]).toEqual([21, 9])
    const all = [...firsts(data.trainInputs), ...firsts(data.testInputs)]
    expect(all).not.toEqual(rowNumbers)
    expect(all.sort((a, b) => a - b)).toEqual(rowNumbers)
    expect(prepared(numeric, { testShare: 0.3, seed: 5 })).toEqual(data)
    expect(firsts(prepared(numeric, { testShare: 0.3, seed: 6 }).testInputs)).not.toEqual(
      firsts(data.testInputs)
    )
  })

  test('keeps inputs and targets of a row together', () => {
    const { trainInputs, trainTargets, testInputs, testTargets } = prepared(numeric)
    expect([...trainTargets.values]).toEqual(firsts(trainInputs).map((i) => -i))
    expect([...testTargets!.values]).toEqual(firsts(testInputs).map((i) => -i))
  })

  test('with fewer points takes the first of those with more', () => {
    const all = prepared(numeric)
    const few = prepared(numeric, { trainCount: 5, testCount: 2 })
    expect(rows(few.trainInputs)).toEqual(rows(all.trainInputs).slice(0, 5))
    expect(rows(few.testInputs)).toEqual(rows(all.testInputs).slice(0, 2))
  })

  test('without training or test points, or with too many, is refused', () => {
    expect(() => prepared(numeric, { testShare: 0.01 })).toThrow('leaves 30 training and 0 test')
    expect(() => prepared(numeric, { trainCount: 25 })).toThrow(
      'trainCount is 25, but the split leaves 24 rows: lower it'
    )
    const big: DataTable = {
      ...numeric,
      inputs: { values: new Float64Array(7000), rows: 7000, columns: 1 },
      targets: {
        kind: 'numbers',
        names: ['t'],
        values: { values: new Float64Array(7000), rows: 7000, columns: 1 }
      }
    }
    expect(() => prepared(big)).toThrow('5600 rows for trainCount')
    expect(prepared(big, { trainCount: 100 }).testInputs.rows).toBe(1400)
  })
})

describe('classes', () => {
  test('of two chosen ones: the first is −1, the second +1, and no other row is there', () => {
    const data = prepared(classified, { classes: ['c', 'a'] })
    expect(data.trainInputs.rows + data.testInputs.rows).toBe(20)
    firsts(data.trainInputs).forEach((i, point) => {
      expect(data.trainTargets.values[point]).toBe({ 0: 1, 2: -1 }[i % 3])
      expect(data.classes?.names[data.classes.train[point]!]).toBe(names[i % 3])
    })
    expect([...data.testTargets!.values]).toEqual(
      firsts(data.testInputs).map((i) => (i % 3 === 0 ? 1 : -1))
    )
  })

  test('of more are one-hot, in the stated order', () => {
    const data = prepared(classified, { classes: ['b', 'c', 'a'] })
    rows(data.trainTargets).forEach((row, point) => {
      const column = { 0: 2, 1: 0, 2: 1 }[firsts(data.trainInputs)[point]! % 3]
      expect(row).toEqual([0, 1, 2].map((j) => (j === column ? 1 : 0)))
    })
    expect(prepared(classified).trainTargets.columns).toBe(3)
    expect(
      prepared(classified, { classes: ['a', 'b'], encoding: 'one-hot' }).trainTargets.columns
    ).toBe(2)
  })

  test.each([
    [classified, { classes: ['a', 'd'] }, 'classes has “d”, which these data lack; theirs are a'],
    [classified, { classes: ['a', 'a'] }, 'classes has “a” twice'],
    [classified, { encoding: 'sign' }, 'choose two classes'],
    [classified, { targetScaling: 'standard' }, 'targetScaling is for numeric targets'],
    [numeric, { classes: ['a', 'b'] }, 'the targets of these data are numbers (t)'],
    [numeric, { encoding: 'one-hot' }, 'encoding is one-hot, but these targets are numbers']
  ] as const)('that do not fit are refused (%#)', (table, changes, message) => {
    expect(() => prepared(table, changes)).toThrow(message)
  })
})

describe('scaling', () => {
  test('to the sphere gives every row the radius and keeps its direction', () => {
    const [plain, scaled] = [{}, { inputScaling: 'sphere', radius: 3 }].map((changes) =>
      prepared(numeric, changes)
    )
    for (const part of ['trainInputs', 'testInputs'] as const) {
      rows(scaled![part]).forEach((row, i) => {
        const original = Float64Array.from(rows(plain![part])[i]!)
        expect(norm(Float64Array.from(row))).toBeCloseTo(3, 13)
        row.forEach((x, j) => {
          expect(x).toBeCloseTo((3 * original[j]!) / norm(original), 12)
        })
      })
    }
  })

  test('to the sphere refuses a row without direction by its number', () => {
    const zeros = { ...numeric, inputs: { ...inputs, values: new Float64Array(3 * count) } }
    expect(() => prepared(zeros, { inputScaling: 'sphere' })).toThrow(
      /^row \d+ of the data has zeros alone/
    )
  })

  test('to standard takes mean and deviation from the training rows alone', () => {
    const [plain, scaled] = [{}, { inputScaling: 'standard', targetScaling: 'standard' }].map(
      (changes) => prepared(numeric, changes)
    )
    const train = firsts(plain!.trainInputs)
    const mean = train.reduce((sum, x) => sum + x, 0) / train.length
    const deviation = Math.sqrt(train.reduce((sum, x) => sum + (x - mean) ** 2, 0) / train.length)
    for (const part of ['trainInputs', 'testInputs'] as const) {
      firsts(scaled![part]).forEach((x, i) => {
        expect(x).toBeCloseTo((firsts(plain![part])[i]! - mean) / deviation, 12)
      })
      // The third input is constant.
      expect(rows(scaled![part]).every((row) => row[2] === 0)).toBe(true)
    }
    scaled!.testTargets!.values.forEach((y, i) => {
      expect(y).toBeCloseTo((plain!.testTargets!.values[i]! + mean) / deviation, 12)
    })
  })
})
