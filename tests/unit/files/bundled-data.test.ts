import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { datasetSchema, resolveDataset } from '@shared/design/dataset'
import { bundledSets, type BundledSet } from '@shared/design/datasets/bundled-sets'
import { listBundledData, readBundledTable } from '../../../src-main/files/bundled-data'
import { resourcePath } from '../../../src-main/resources'

const data = (set: BundledSet, changes: object = {}) =>
  resolveDataset(datasetSchema.parse({ kind: 'bundled', set, ...changes }), {
    bundled: readBundledTable,
    stored: () => {
      throw new Error('nothing is stored here')
    }
  })

describe.each(listBundledData())('$id', (provenance) => {
  const { id, sha256, rows, inputs, target, classNames } = provenance
  const bytes = readFileSync(resourcePath('data', `${id}.csv`))
  const [header = [], ...records] = papa.parse<string[]>(bytes.toString('utf8').trimEnd()).data

  test('has the stated checksum, size and columns', () => {
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
    expect([records.length, header.length]).toEqual([rows, inputs + 1])
    expect(header.at(-1)).toBe(target)
  })

  test('is read as a second parser reads it', () => {
    const table = readBundledTable(id)
    expect(table.inputNames).toEqual(header.slice(0, -1))
    const numbers = records.flatMap((record) => record.slice(0, -1).map(Number))
    expect([...table.inputs.values]).toEqual(numbers)
    expect(numbers.every(Number.isFinite)).toBe(true)
    const last = records.map((record) => record.at(-1))
    const { targets } = table
    expect(
      targets.kind === 'classes'
        ? Array.from(targets.labels, (label) => targets.names[label])
        : Array.from(targets.values.values, String)
    ).toEqual(last)
    expect(targets.kind === 'classes' ? targets.names : null).toEqual(classNames)
  })

  test('says where it comes from and under which licence', () => {
    expect(provenance.source.package).toMatch(/^scikit-learn \d/)
    expect(provenance.licence).toContain('BSD-3-Clause')
    expect(provenance.citation.length).toBeGreaterThan(40)
  })
})

test('every set is there, with the class sizes that its description states', () => {
  expect(listBundledData().map(({ id }) => id)).toEqual(bundledSets)
  const sizes = (set: BundledSet): number[] => {
    const { targets } = readBundledTable(set)
    if (targets.kind !== 'classes') return []
    return targets.names.map((_, k) => targets.labels.filter((label) => label === k).length)
  }
  expect(sizes('iris')).toEqual([50, 50, 50])
  expect(sizes('wine')).toEqual([59, 71, 48])
  expect(sizes('breast-cancer')).toEqual([212, 357])
  expect(sizes('digits').reduce((sum, n) => sum + n, 0)).toBe(1797)
})

test('statistics are those that the data are published with', () => {
  const mean = (set: BundledSet, column: number): number => {
    const { inputs } = readBundledTable(set)
    let sum = 0
    for (let i = 0; i < inputs.rows; i++) sum += inputs.values[i * inputs.columns + column] ?? NaN
    return sum / inputs.rows
  }
  // scikit-learn's descr/iris.rst, wine_data.rst; Efron et al. (2004) for the diabetes target.
  expect([0, 1, 2, 3].map((j) => mean('iris', j).toFixed(2))).toEqual([
    '5.84',
    '3.06',
    '3.76',
    '1.20'
  ])
  expect(mean('wine', 0).toFixed(1)).toBe('13.0')
  expect(Math.round(mean('wine', 12))).toBe(747)
  const { targets } = readBundledTable('diabetes')
  const values = targets.kind === 'numbers' ? [...targets.values.values] : []
  expect([Math.min(...values), Math.max(...values)]).toEqual([25, 346])
})

test('digits 3 against 8 on the sphere', () => {
  const options = { classes: ['3', '8'], inputScaling: 'sphere', trainCount: 40, testCount: 60 }
  const { trainInputs, trainTargets, testTargets, classes } = data('digits', options)
  expect([trainInputs.rows, trainInputs.columns, testTargets?.rows]).toEqual([40, 64, 60])
  expect(new Set(trainTargets.values)).toEqual(new Set([-1, 1]))
  expect(classes?.names).toEqual(['3', '8'])
  // A nearest neighbour tells the two apart: rows and classes belong together.
  const test = data('digits', options)
  const products = (i: number): number[] =>
    Array.from({ length: 40 }, (_, j) => {
      let sum = 0
      for (let k = 0; k < 64; k++) {
        sum += (test.testInputs.values[64 * i + k] ?? 0) * (trainInputs.values[64 * j + k] ?? 0)
      }
      return sum
    })
  const right = Array.from({ length: 60 }, (_, i) => {
    const near = products(i)
    return trainTargets.values[near.indexOf(Math.max(...near))] === testTargets?.values[i]
  })
  expect(right.filter(Boolean).length).toBeGreaterThanOrEqual(54)
})
