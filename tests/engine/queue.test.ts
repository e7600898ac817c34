import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Engine } from '../../src-main/engine/engine'
import { openSession } from '../../src-main/session/session'
import { smallExperiment } from '../support/small-experiment'

let folder: string
let path: string
let engine: Engine
let onProgress: () => void

async function opened(): Promise<Engine> {
  const one = new Engine((name) => {
    if (name === 'run.progress') onProgress()
  })
  await one.handle('session.open', { path })
  return one
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tangent-queue-'))
  path = join(folder, 'lab.tangent')
  onProgress = () => undefined
  engine = await opened()
})

afterEach(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

const tiny = smallExperiment({ widths: [8], steps: 5, ensembleSize: 2 })
/** Takes long enough that it is under way whenever something else is looked at. */
const long = smallExperiment({ widths: [64], steps: 200_000, ensembleSize: 16 })

/** A long run under way, and three tiny ones that wait for it. */
async function busy(): Promise<{ first: string; waiting: string[] }> {
  const training = new Promise<void>((ready) => {
    onProgress = ready
  })
  const { runId: first } = await engine.handle('run.start', { experiment: long })
  const axes = [{ parameter: 'seed', values: [1, 2, 3] }]
  const { runIds: waiting } = await engine.handle('sweep.start', { experiment: tiny, axes })
  await training
  return { first, waiting }
}

const order = async (): Promise<[string, string][]> =>
  (await engine.handle('queue.show', {})).entries.map(({ id, state }) => [id, state])
const statusOf = async (runId: string): Promise<string> =>
  (await engine.handle('run.show', { runId })).status

test('waiting runs are moved, cancelled and paused at once, and the rest is computed in order', async () => {
  const { first, waiting } = await busy()
  const [a, b, c] = waiting as [string, string, string]
  expect(await order()).toEqual([
    [first, 'running'],
    [a, 'waiting'],
    [b, 'waiting'],
    [c, 'waiting']
  ])
  await engine.handle('queue.move', { id: c, to: 'first' })
  await engine.handle('run.cancel', { runId: a })
  expect(await statusOf(a)).toBe('cancelled')
  await engine.handle('run.pause', { runId: b })
  expect(await statusOf(b)).toBe('paused')
  expect((await order()).map(([id]) => id)).toEqual([first, c])
  await engine.handle('run.resume', { runId: b })
  await expect(engine.handle('queue.move', { id: first, to: 'last' })).rejects.toThrow(
    'does not wait in the queue'
  )
  await engine.handle('run.cancel', { runId: first })
  await engine.idle()
  expect(await Promise.all([first, a, b, c].map(statusOf))).toEqual([
    'cancelled',
    'cancelled',
    'completed',
    'completed'
  ])
  const ended = await Promise.all([c, b].map((runId) => engine.handle('run.show', { runId })))
  expect(ended[0]!.finishedAt! < ended[1]!.finishedAt!).toBe(true)
  expect(await order()).toEqual([])
})

test('what is held does not begin, and goes on when it is let', async () => {
  await engine.handle('queue.hold', { held: true })
  const { runId } = await engine.handle('run.start', { experiment: tiny })
  await engine.idle()
  expect(await engine.handle('queue.show', {})).toMatchObject({
    held: true,
    entries: [{ id: runId, kind: 'run', name: 'small', state: 'waiting' }]
  })
  expect((await engine.handle('queue.show', {})).entries[0]?.estimatedMs).toBeGreaterThan(0)
  await engine.handle('queue.hold', { held: false })
  await engine.idle()
  expect(await statusOf(runId)).toBe('completed')
})

test('a closed session keeps its queue; nothing of it is computed until that is asked for', async () => {
  const { first, waiting } = await busy()
  const [a, b, c] = waiting as [string, string, string]
  await engine.handle('queue.move', { id: c, to: 'first' })
  await engine.close()
  engine = await opened()
  expect(await statusOf(first)).toBe('interrupted')
  expect(await order()).toEqual([
    [first, 'left'],
    [c, 'left'],
    [a, 'left'],
    [b, 'left']
  ])
  // Other work goes first, and leaves the rest where it is.
  const { runId: other } = await engine.handle('run.start', { experiment: { ...tiny, seed: 9 } })
  await engine.idle()
  expect(await statusOf(other)).toBe('completed')
  await engine.handle('queue.move', { id: b, to: 'up' })
  await engine.handle('run.cancel', { runId: first })
  await engine.handle('run.pause', { runId: c })
  expect(await order()).toEqual([
    [b, 'left'],
    [a, 'left']
  ])
  expect(await Promise.all([first, c].map(statusOf))).toEqual(['cancelled', 'paused'])
  expect(await engine.handle('queue.take-up', {})).toEqual({ runIds: [b, a] })
  await engine.idle()
  expect(await Promise.all([a, b].map(statusOf))).toEqual(['completed', 'completed'])
  expect(await order()).toEqual([])
})

test('a session whose process died keeps its queue, too', async () => {
  const { first, waiting } = await busy()
  await engine.close()
  // As a killed process leaves it: the run that was computed is still called running.
  const session = openSession(path, { appVersion: 'test' })
  session.updateRun(first, { status: 'running' })
  session.close()
  engine = await opened()
  expect((await order()).map(([id]) => id)).toEqual([first, ...waiting])
  expect(await statusOf(first)).toBe('interrupted')
  expect(await statusOf(waiting[0]!)).toBe('queued')
  // A single one of them can go on, too.
  await engine.handle('run.resume', { runId: waiting[1]! })
  await engine.idle()
  expect(await statusOf(waiting[1]!)).toBe('completed')
  expect((await order()).map(([id]) => id)).toEqual([first, waiting[0], waiting[2]])
})

test('a failed run is repeated as a new one with its labels; the old one stays as it is', async () => {
  const experiment = smallExperiment({ learningRate: 500, steps: 400 })
  const axes = [{ parameter: 'seed', values: [4] }]
  const { runIds } = await engine.handle('sweep.start', { experiment, axes, group: 'g' })
  const failed = runIds[0]!
  await engine.idle()
  await engine.handle('run.edit', { edits: [{ runId: failed, tags: ['t'] }] })
  const { runId } = await engine.handle('run.repeat', { runId: failed })
  await engine.idle()
  const [before, after] = await Promise.all(
    [failed, runId].map((id) => engine.handle('run.show', { runId: id }))
  )
  expect(before).toMatchObject({ status: 'failed', finishedAt: before!.finishedAt })
  expect(after).toMatchObject({ name: 'seed=4 – small', group: 'g', tags: ['t'], status: 'failed' })
  expect(after!.id).not.toBe(failed)
})
