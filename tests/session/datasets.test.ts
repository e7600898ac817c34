import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import type { DataTable } from '@shared/design/datasets/table'
import { newSessionPath, open } from './open'
import { classified, sampleDataset } from './sample-values'

const numeric: DataTable = {
  ...classified,
  targets: {
    kind: 'numbers',
    names: ['p', 'q'],
    values: { values: Float64Array.of(1, -0, 3, 4, 5, 6), rows: 3, columns: 2 }
  }
}

describe('stored data', () => {
  test.each([
    ['classes', classified],
    ['numbers', numeric]
  ])('with %s come back bit for bit after closing and opening, with their origin', (_, table) => {
    const path = newSessionPath()
    const session = open(path)
    const stated = sampleDataset(table)
    const { dataset, isNew } = session.addDataset(stated)
    expect(isNew).toBe(true)
    session.close()
    const again = open(path)
    const [listed] = again.listDatasets()
    expect(listed).toEqual(dataset)
    expect(listed).toMatchObject({
      name: 'flowers',
      rows: 3,
      inputNames: ['x', 'größe'],
      targets: { kind: table.targets.kind, names: table.targets.names },
      origin: stated.origin,
      preparation: stated.preparation
    })
    // toEqual tells −0 from 0.
    expect(again.readDataset(dataset.sha256)).toEqual(table)
  })

  test('of the same contents are stored once, whatever they are called', () => {
    const session = open(newSessionPath())
    const first = session.addDataset(sampleDataset())
    const second = session.addDataset(sampleDataset(classified, { name: 'again' }))
    expect(second).toEqual({ dataset: first.dataset, isNew: false })
    expect(session.listDatasets()).toHaveLength(1)
  })

  test.each<[string, DataTable]>([
    ['a number', { ...classified, inputs: { ...classified.inputs, values: new Float64Array(6) } }],
    ['the sign of a zero', withInput(1, 0)],
    ['the name of an input', { ...classified, inputNames: ['x', 'y'] }],
    ['the shape', { ...numeric, inputs: { ...numeric.inputs, rows: 2, columns: 3 } }],
    [
      'a class',
      {
        ...classified,
        targets: { kind: 'classes', names: ['a', 'b'], labels: Int32Array.of(0, 0, 1) }
      }
    ],
    [
      'a class’s name',
      {
        ...classified,
        targets: { kind: 'classes', names: ['a', 'c'], labels: Int32Array.of(1, 0, 1) }
      }
    ]
  ])('that differ in %s have another hash', (_, table) => {
    const session = open(newSessionPath())
    const { dataset } = session.addDataset(sampleDataset())
    expect(session.addDataset(sampleDataset(table)).dataset.sha256).not.toBe(dataset.sha256)
    expect(session.listDatasets()).toHaveLength(2)
  })

  test('that are not there are named', () => {
    const session = open(newSessionPath())
    expect(() => session.readDataset('0'.repeat(64))).toThrow(
      expect.objectContaining({ code: 'not-found' })
    )
  })

  test.each([
    ["UPDATE dataset_array SET data = zeroblob(length(data)) WHERE name = 'inputs'", 'checksum'],
    ["UPDATE dataset_array SET shape = '[3,3]' WHERE name = 'inputs'", 'it has 48 bytes, not 72'],
    ["UPDATE dataset_array SET shape = '[6]' WHERE name = 'inputs'", 'are damaged'],
    ["DELETE FROM dataset_array WHERE name = 'targets'", 'are damaged'],
    ["UPDATE dataset SET targets = '{}'", 'targets of data'],
    ["UPDATE dataset SET origin = 'no JSON'", 'origin of data']
  ])('that are damaged are found: %s', (statement, message) => {
    const path = newSessionPath()
    const session = open(path)
    const { dataset } = session.addDataset(sampleDataset())
    session.close()
    const raw = new Database(path)
    expect(raw.prepare(statement).run().changes).toBe(1)
    raw.close()
    expect(() => open(path).readDataset(dataset.sha256)).toThrow(
      expect.objectContaining({
        code: 'session-unusable',
        message: expect.stringContaining(message) as unknown
      })
    )
  })
})

function withInput(index: number, value: number): DataTable {
  const values = classified.inputs.values.slice()
  values[index] = value
  return { ...classified, inputs: { ...classified.inputs, values } }
}
