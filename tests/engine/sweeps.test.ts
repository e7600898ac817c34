import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { resolveDataset } from '@shared/design/dataset'
import type { Experiment } from '@shared/design/experiment'
import { Engine } from '../../src-main/engine/engine'
import { storedBytes } from '../../src-main/engine/stored-bytes'
import { openSession } from '../../src-main/session/session'
import { smallExperiment } from '../support/small-experiment'

let folder: string
let engine: Engine

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tangent-sweeps-'))
  engine = new Engine(() => undefined)
  await engine.handle('session.open', { path: join(folder, 'lab.tangent') })
})

afterEach(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

const experiment = smallExperiment({ widths: [8], steps: 5, ensembleSize: 2 })
const axes = [
  { parameter: 'surrogate.m', values: [1, 2] },
  { parameter: 'seed', values: [1, 2] }
]

test('a sweep becomes runs of one group, computed in its order', async () => {
  const { runIds, presentIds } = await engine.handle('sweep.start', { experiment, axes })
  expect(presentIds).toEqual([])
  await engine.idle()
  const runs = await Promise.all(runIds.map((runId) => engine.handle('run.show', { runId })))
  expect(runs.map(({ name }) => name)).toEqual([
    'm=1, seed=1 – small',
    'm=1, seed=2 – small',
    'm=2, seed=1 – small',
    'm=2, seed=2 – small'
  ])
  expect(runs.map(({ status }) => status)).toEqual(Array(4).fill('completed'))
  expect(runs.map(({ group }) => group)).toEqual(Array(4).fill('small over m, seed'))
  const ends = runs.map(({ finishedAt }) => finishedAt)
  expect(ends).toEqual(ends.toSorted())
  // A point of a sweep is the same experiment as a run that was set to it by hand.
  const byHand: Experiment = {
    ...experiment,
    surrogate: { ...experiment.surrogate!, m: 2 } as never
  }
  expect(runs[3]?.experiment).toEqual({ ...byHand, seed: 2 })
})

test('what the session has is not computed again where only the missing runs are asked for', async () => {
  const first = await engine.handle('run.start', { experiment: { ...experiment, seed: 1 } })
  await engine.idle()
  const request = { experiment, axes, group: 'mine', onlyMissing: true }
  const { runIds, presentIds } = await engine.handle('sweep.start', request)
  expect(presentIds).toEqual([first.runId])
  expect(runIds).toHaveLength(3)
  // Those that are on their way are not queued twice either; one that was stopped goes on.
  await engine.handle('run.pause', { runId: runIds[2]! })
  const again = engine.handle('sweep.start', request)
  await engine.idle()
  const { runIds: more, presentIds: found } = await again
  expect([...more, ...found].toSorted()).toEqual([first.runId, ...runIds].toSorted())
  expect(await engine.handle('run.list', {})).toHaveLength(4)
})

test('the forecast is the sum over the runs, and names the runs that it warns of', async () => {
  const alone = await engine.handle('experiment.forecast', { experiment })
  const swept = [{ parameter: 'learningRate', values: [0.1, 500] }]
  const told = await engine.handle('sweep.forecast', { experiment, axes: swept })
  expect(told).toMatchObject({
    runs: 2,
    labels: ['learningRate=0.1', 'learningRate=500'],
    networks: 2 * alone.networks,
    memoryBytes: alone.memoryBytes,
    diskBytes: 2 * alone.diskBytes
  })
  expect(told?.warnings.map(({ labels }) => labels)).toEqual([['learningRate=500']])
})

test('a run that cannot be is named, and then none is queued', async () => {
  const start = engine.handle('sweep.start', {
    experiment,
    axes: [{ parameter: 'data.trainCount', values: [8, 9999] }]
  })
  await expect(start).rejects.toThrow(/trainCount=9999: /)
  expect(await engine.handle('run.list', {})).toEqual([])
})

test.each([
  ['with a prediction', {}],
  ['of two conditions', { sweep: { parameter: 'sigmaW', values: [1, 2] } }],
  ['without one', { optimiser: { kind: 'sgd', batchSize: 4 } }],
  [
    'with kernels of its networks',
    { empiricalKernels: { at: 'recorded', members: 2, standIn: { name: 'erf', m: 5 } } }
  ]
] as [string, Partial<Experiment>][])(
  'the space that a run %s takes is what its arrays take',
  async (_, changes) => {
    const one = smallExperiment({ widths: [8, 12], steps: 5, ensembleSize: 3, ...changes })
    const { runId } = await engine.handle('run.start', { experiment: one })
    await engine.idle()
    await engine.close()
    const session = openSession(join(folder, 'lab.tangent'), { appVersion: 'test' })
    const bytes = session.listArrays(runId).reduce((total, array) => total + array.bytes, 0)
    const steps = session.listArrays(runId).filter(({ name }) => /steps$/i.test(name))
    session.close()
    // The recorded steps themselves are of no account.
    const ofSteps = steps.reduce((total, array) => total + array.bytes, 0)
    const data = resolveDataset(one.data, { table: () => undefined } as never)
    expect(storedBytes(one, data)).toBe(bytes - ofSteps)
  }
)
