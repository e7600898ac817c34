import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { parquetReadObjects } from 'hyparquet'
import Papa from 'papaparse'
import { expect, onTestFinished, test } from 'vitest'
import { runDataSchema, type DataFormat } from '@shared/protocol/run-data'
import { exportData } from '../../src-main/export/export-data'
import { readNpz } from '../../src-main/files/npz'
import { newSessionPath, open } from './open'
import { storedZip } from './stored-zip'
import { members, noTables, steps, storeRun, testPoints, trainPoints } from './stored-run'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'tangent-export-'))
  onTestFinished(() => {
    rmSync(made, { recursive: true })
  })
  return made
}

async function exported(format: DataFormat, kernels = false) {
  const session = open(newSessionPath())
  storeRun(session, 'a')
  const inside = folder()
  const source = { session, tables: noTables }
  const files = await exportData(source, session.showRun('a'), inside, { format, kernels })
  return { session, inside, files }
}

const parsed = (path: string) =>
  Papa.parse<Record<string, string>>(readFileSync(path, 'utf8'), {
    header: true,
    skipEmptyLines: true
  }).data

test('CSV has one file a table, and one row an observation', async () => {
  const { session, inside, files } = await exported('csv')
  expect(readdirSync(inside).sort()).toEqual([
    'agreement.csv',
    'expected_losses.csv',
    'losses.csv',
    'nngp_regression.csv',
    'outputs.csv',
    'points.csv',
    'predictions.csv',
    'weight_movement.csv'
  ])
  expect(files.map((file) => file.slice(inside.length + 1)).sort()).toEqual(
    readdirSync(inside).sort()
  )

  const outputs = parsed(join(inside, 'outputs.csv'))
  expect(outputs).toHaveLength(2 * 2 * members * (trainPoints + testPoints))
  const testOutputs = session.readArray('a', 'ensemble', 1, 'testOutputs').data
  // Record 1, member 2, point 7: found by its keys, against its place in the array.
  const cell = outputs.filter(
    (row) =>
      row['ensemble'] === '1' &&
      row['set'] === 'test' &&
      row['step'] === '3000' &&
      row['member'] === '2' &&
      row['point'] === '7'
  )
  expect(cell).toHaveLength(1)
  expect(Number(cell[0]?.['value'])).toBe(testOutputs[(1 * members + 2) * testPoints + 7])
  expect(Number(cell[0]?.['training_time'])).toBe(3000 * session.showRun('a').stepSize)
  expect(cell[0]).toMatchObject({ width: '200', condition: 'κ = 0.2', output: '0' })

  const predictions = parsed(join(inside, 'predictions.csv')).filter(
    (row) => row['set'] === 'train' && row['step'] === '3000' && row['point'] === '4'
  )
  const at = trainPoints + 4
  expect(
    predictions.map((row) => [Number(row['mean']), Number(row['standard_deviation'])])
  ).toEqual([
    [
      session.readArray('a', 'prediction', 0, 'trainMean').data[at],
      session.readArray('a', 'prediction', 0, 'trainDeviation').data[at]
    ]
  ])
  expect(parsed(join(inside, 'points.csv'))).toHaveLength(trainPoints + testPoints)
  expect(parsed(join(inside, 'agreement.csv'))[1]).toMatchObject({
    ensemble: '1',
    rms_z: '1.02',
    mean_p_value: ''
  })
  expect(parsed(join(inside, 'losses.csv'))).toHaveLength(2 * steps.length * members)
})

test('kernels come on request', async () => {
  const { session, inside } = await exported('csv', true)
  const rows = parsed(join(inside, 'kernels.csv'))
  expect(rows).toHaveLength(testPoints * trainPoints)
  const [entry] = rows.filter((row) => row['row'] === '5' && row['column'] === '2')
  expect(entry?.['kernel']).toBe('tangent test×train')
  expect(Number(entry?.['value'])).toBe(
    session.readArray('a', 'prediction', 0, 'kernelTestTrain').data[5 * trainPoints + 2]
  )
})

test('JSON is of its schema, and has the rows of the CSV', async () => {
  const { inside } = await exported('json')
  const data = runDataSchema.parse(JSON.parse(readFileSync(join(inside, 'data.json'), 'utf8')))
  expect(data.run).toMatchObject({ id: 'a', status: 'completed' })
  expect(data.tables['outputs']?.rows).toHaveLength(2 * 2 * members * (trainPoints + testPoints))
  expect(data.tables['predictions']?.columns.slice(-2)).toEqual(['mean', 'standard_deviation'])
})

test('Parquet has the rows of the CSV', async () => {
  const { inside } = await exported('parquet')
  const file = Uint8Array.from(readFileSync(join(inside, 'losses.parquet'))).buffer
  const csv = (await exported('csv')).inside
  expect(await parquetReadObjects({ file })).toEqual(
    parsed(join(csv, 'losses.csv')).map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([key, cell]) => [key, key === 'condition' ? cell : Number(cell)])
      )
    )
  )
})

test('an .npz has the arrays bit for bit, for two readers, and says what they are', async () => {
  const { session, inside, files } = await exported('npz', true)
  expect(files).toEqual([join(inside, 'data.npz')])
  const arrays = await readNpz(join(inside, 'data.npz'), 'data.npz', 1e6)
  const outputs = session.readArray('a', 'ensemble', 0, 'testOutputs')
  expect(arrays.get('ensemble-0/testOutputs')?.shape).toEqual(outputs.shape)
  expect([...(arrays.get('ensemble-0/testOutputs')?.values ?? [])]).toEqual([...outputs.data])
  expect(arrays.get('points/testInputs')?.shape).toEqual([testPoints, 2])

  const entries = storedZip(readFileSync(join(inside, 'data.npz')))
  const numbers = entries.get('ensemble-0/testOutputs.npy')?.subarray(-outputs.data.byteLength)
  expect(numbers?.equals(Buffer.from(outputs.data.buffer))).toBe(true)
  const manifest = JSON.parse(entries.get('manifest.json')?.toString() ?? '') as {
    arrays: { name: string; dtype: string; dimensions: string[] }[]
  }
  expect(manifest.arrays.map(({ name }) => `${name}.npy`)).toEqual([...entries.keys()].slice(1))
  expect(manifest.arrays.find(({ name }) => name === 'ensemble-0/testOutputs')).toMatchObject({
    dtype: 'float32',
    dimensions: ['record', 'member', 'test_point', 'output']
  })
})

test('the same run gives the same bytes', async () => {
  const first = readFileSync(join((await exported('npz')).inside, 'data.npz'))
  const second = readFileSync(join((await exported('npz')).inside, 'data.npz'))
  expect(first.equals(second)).toBe(true)
})

test('a damaged array is named, and no file is left half-written', async () => {
  const path = newSessionPath()
  const session = open(path)
  storeRun(session, 'a')
  session.close()
  const database = new Database(path)
  database.prepare("UPDATE array SET data = zeroblob(length(data)) WHERE name = 'losses'").run()
  database.close()
  const again = open(path)
  const inside = folder()
  const source = { session: again, tables: noTables }
  await expect(
    exportData(source, again.showRun('a'), inside, { format: 'npz', kernels: false })
  ).rejects.toThrow('array losses of ensemble 0 of run a is damaged')
  expect(readdirSync(inside)).toEqual([])
})
