import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { resolveDataset } from '@shared/design/dataset'
import type { Experiment } from '@shared/design/experiment'
import { Engine } from '../../src-main/engine/engine'
import { answer } from '../../src-main/engine/port-host'
import { SessionTables } from '../../src-main/engine/session-tables'
import { resourcePath } from '../../src-main/resources'
import { openSession } from '../../src-main/session/session'
import { smallExperiment } from '../support/small-experiment'

let folder: string
let path: string
let engine: Engine
const wine = resourcePath('data', 'wine.csv')

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tangent-datasets-'))
  path = join(folder, 'lab.tangent')
  engine = new Engine(() => undefined)
  await engine.handle('session.open', { path })
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

function experiment(data: object): Experiment {
  return smallExperiment({
    ...{ data: data as Experiment['data'], widths: [64], steps: 200, learningRate: 0.5 },
    design: {
      ...{ depthHidden: 1, activation: { name: 'erf', m: 1, theta: 0 } },
      ...{ sigmaW: 1, sigmaB: 0.1, outputScale: 1, parametrisation: 'ntk' }
    },
    surrogate: null
  })
}

/** Runs an experiment; answers its share of test points that the predicted mean puts on the right side. */
async function accuracy(data: object): Promise<number> {
  const stated = experiment(data)
  const { runId } = await engine.handle('run.start', { experiment: stated })
  await engine.idle()
  const { status, problem } = await engine.handle('run.show', { runId })
  expect([status, problem]).toEqual(['completed', null])
  const other = { path: join(folder, 'other.tangent') }
  await engine.handle('session.open', other)
  // What it took the place of is backed up and closed in the background; the next opening waits.
  await engine.handle('session.open', other)
  const session = openSession(path, { appVersion: 'test' })
  try {
    const { testTargets } = resolveDataset(stated.data, new SessionTables(() => session))
    const targets = testTargets?.values ?? new Float64Array()
    const { data: mean } = session.readArray(runId, 'prediction', 0, 'testMean')
    const last = mean.subarray(-targets.length)
    return targets.filter((y, i) => Math.sign(last[i] ?? 0) === y).length / targets.length
  } finally {
    session.close()
    await engine.handle('session.open', { path })
  }
}

test('imported data are stored once, listed, and learned from; views read them again', async () => {
  expect((await engine.handle('dataset.list', {})).stored).toEqual([])
  const preview = await engine.handle('dataset.preview', { path: wine, options: {} })
  expect(preview).toMatchObject({ rows: 178, roles: { label: 'cultivator' } })
  const preparation = {
    classes: ['class_0', 'class_1'],
    inputScaling: 'standard' as const,
    testShare: 0.4,
    trainCount: 40
  }
  const request = { path: wine, options: { label: 'cultivator' }, preparation }
  const { dataset, isNew } = await engine.handle('dataset.import', request)
  expect(isNew).toBe(true)
  expect(await engine.handle('dataset.import', request)).toEqual({ dataset, isNew: false })
  expect((await engine.handle('dataset.list', {})).stored).toEqual([dataset])

  const data = { kind: 'stored', sha256: dataset.sha256, ...dataset.preparation }
  expect(await accuracy(data)).toBeGreaterThan(0.9)
  const [run] = await engine.handle('run.list', {})
  const view = await engine.handle('run.function', {
    ...{ runId: run?.id ?? '', ensembleIndex: 0, step: null, maximumMembers: 3 }
  })
  expect(view.coordinate).toHaveLength(52)
})

test('bundled digits are told apart', async () => {
  const options = { classes: ['3', '8'], inputScaling: 'sphere', radius: 8, testShare: 0.5 }
  expect(
    await accuracy({ kind: 'bundled', set: 'digits', ...options, trainCount: 60, testCount: 100 })
  ).toBeGreaterThan(0.9)
})

test('data that the session lacks, and data that no experiment could use, are refused', async () => {
  const missing = experiment({ kind: 'stored', sha256: '0'.repeat(64) })
  await expect(engine.handle('run.start', { experiment: missing })).rejects.toMatchObject({
    code: 'not-found'
  })
  const before = await engine.handle('dataset.list', {})
  const zeros = join(folder, 'zeros.csv')
  writeFileSync(zeros, 'a,b,y\n0,0,1\n1,2,3\n4,5,6\n')
  await expect(
    engine.handle('dataset.import', {
      path: zeros,
      options: {},
      preparation: { inputScaling: 'sphere', testShare: 0.4 }
    })
  ).rejects.toThrow('row 1 of the data has zeros alone')
  expect(await engine.handle('dataset.list', {})).toEqual(before)
})

test.each(['dataset.preview', 'dataset.import'])('a window may not ask for %s', async (channel) => {
  const replies: unknown[] = []
  const payload = { path: wine, options: {}, preparation: {} }
  await answer(engine, 'window', { type: 'request', id: 1, channel, payload }, (message) => {
    replies.push(message)
  })
  expect(replies).toEqual([
    expect.objectContaining({
      type: 'failed',
      error: { code: 'invalid-request', message: `${channel} is not open to windows` }
    })
  ])
})
