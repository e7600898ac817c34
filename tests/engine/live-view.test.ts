import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Experiment } from '@shared/design/experiment'
import { figureSource } from '@shared/figures/figure-kinds'
import { noEdits } from '@shared/figures/figure-edits'
import type { Plot } from '@shared/figures/plot'
import { liveViewSchema, type LiveView } from '@shared/protocol/live'
import { Engine } from '../../src-main/engine/engine'
import { smallExperiment } from '../support/small-experiment'

let folder: string
let engine: Engine
let onProgress: (runId: string) => void

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tangent-live-'))
  onProgress = () => undefined
  engine = new Engine((name, payload) => {
    if (name === 'run.progress') onProgress((payload as { runId: string }).runId)
  })
  await engine.handle('session.open', { path: join(folder, 'lab.tangent') })
})

afterEach(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A run, and everything that was to be seen of it while it was in training. */
async function watched(changes: Partial<Experiment>): Promise<{ runId: string; seen: LiveView[] }> {
  const seen: LiveView[] = []
  const asked: Promise<void>[] = []
  onProgress = (runId) => {
    const ask = async () => {
      const view = await engine.handle('run.live', { runId })
      if (view) seen.push(view)
    }
    asked.push(ask())
  }
  const experiment = smallExperiment({ widths: [24], ensembleSize: 6, ...changes })
  const { runId } = await engine.handle('run.start', { experiment })
  await engine.idle()
  await Promise.all(asked)
  return { runId, seen }
}

/** The numbers of a plot's lines by name. */
function lines({ panels }: Plot): Record<string, number[]> {
  return Object.fromEntries(
    panels.flatMap(({ series }) =>
      series.flatMap((one) => (one.kind === 'line' ? [[one.name, [...one.y]]] : []))
    )
  )
}

test('networks in training look as the finished ensemble does at the same step', async () => {
  const { runId, seen } = await watched({
    steps: 15_000,
    recordCount: 6,
    recordSpacing: 'linear',
    learningRate: 0.01,
    empiricalKernels: { at: 'recorded', members: 2, standIn: { name: 'erf', m: 5 } }
  })
  expect(seen.length).toBeGreaterThan(0)
  for (const view of seen) liveViewSchema.parse(view)
  const whole = seen.filter(({ networks, ensembleSize }) => networks === ensembleSize)
  const view = whole.at(-1)!
  expect(view.step).toBeGreaterThan(0)
  expect(view.flopsPerSecond).toBeGreaterThan(0)
  const stored = await engine.handle('figure.data', {
    source: figureSource('function', runId, 0, view.step),
    edits: noEdits
  })
  expect(lines(view.plots.functions)).toEqual(lines(stored))
  const losses = await engine.handle('run.loss', { runId, ensembleIndex: 0 })
  const at = losses.steps.indexOf(view.step)
  const soFar = lines(view.plots.losses)
  expect(soFar['mean loss']).toEqual([...losses.mean.slice(0, at + 1)])
  expect(soFar['predicted loss']).toEqual([...losses.predicted.slice(0, at + 1)])
  const movement = await engine.handle('figure.data', {
    source: { kind: 'weight-movement', runId },
    edits: noEdits
  })
  const moved = Object.values(lines(movement))[0]!
  expect(Object.values(lines(view.plots.movement!))[0]).toEqual(moved.slice(0, at))
  expect(seen.some(({ plots }) => plots.drift !== null)).toBe(true)
  // Nothing is in training any more.
  expect(await engine.handle('run.live', { runId })).toBeNull()
})

test('training that theory does not describe is shown without a prediction', async () => {
  const { seen } = await watched({
    steps: 8_000,
    optimiser: { kind: 'sgd', batchSize: 4 },
    learningRate: 0.01
  })
  expect(seen.length).toBeGreaterThan(0)
  expect(lines(seen[0]!.plots.losses)['predicted loss']).toBeUndefined()
})
