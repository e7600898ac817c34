import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { figureSource } from '@shared/figures/figure-kinds'
import { datasetSchema } from '@shared/design/dataset'
import { optimiserSchema } from '@shared/design/optimiser'
import type { RunProgress } from '@shared/protocol/results'
import { Engine } from '../../src-main/engine/engine'
import { loadTensorFlow } from '../../src-main/engine/tensorflow'
import { openSession } from '../../src-main/session/session'
import { smallExperiment } from '../support/small-experiment'

let folder: string
let engine: Engine
let progress: RunProgress[]
let stored: number
let onChange: () => void

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tangent-engine-'))
  progress = []
  stored = 0
  onChange = () => undefined
  engine = new Engine((name, payload) => {
    if (name === 'run.progress') progress.push(payload as RunProgress)
    if (name === 'runs.changed') {
      stored++
      onChange()
    }
  })
  await engine.handle('session.open', { path: join(folder, 'lab.tangent') })
})

afterEach(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

async function finished(experiment = smallExperiment()) {
  const { runId } = await engine.handle('run.start', { experiment })
  await engine.idle()
  return engine.handle('run.show', { runId })
}

/** All arrays of a run as bytes, by owner and name. */
function arrays(path: string, runId: string): Map<string, string> {
  const session = openSession(path, { appVersion: 'test' })
  try {
    return new Map(
      session.listArrays(runId).map(({ ownerKind, ownerIndex, name }) => {
        const { data } = session.readArray(runId, ownerKind, ownerIndex, name)
        const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
        return [`${ownerKind} ${ownerIndex} ${name}`, bytes.toString('base64')]
      })
    )
  } finally {
    session.close()
  }
}

test('says what computes', async () => {
  const report = await engine.handle('engine.describe', {})
  expect(report.backend).toBe('tensorflow')
  expect(report.tensorflowVersion).toMatch(/^2\.\d+\.\d+$/)
  expect(report.device).toMatch(report.gpu ? /GPU/ : /no GPU in use/)
})

test('trains, predicts, compares and stores an experiment', async () => {
  const run = await finished()
  expect(run).toMatchObject({ status: 'completed', problem: null, warnings: [] })
  expect(run.ensembles.map(({ width }) => width)).toEqual([24, 32])
  expect(run.recordedSteps[0]).toBe(0)
  expect(run.recordedSteps.at(-1)).toBe(60)
  // The paper's loss is ½ mean: η = 0.1 / 8 in the convention ½ Σ.
  expect(run.stepSize).toBeCloseTo(0.0125, 15)

  const view = await engine.handle('run.function', {
    runId: run.id,
    ensembleIndex: 1,
    step: null,
    maximumMembers: 4
  })
  expect(view.step).toBe(60)
  expect(view.trainingTime).toBeCloseTo(0.75, 14)
  expect(view.members).toHaveLength(4)
  expect(view.agreement).toEqual(run.ensembles[1]!.agreement)
  expect([...view.coordinate]).toEqual([...view.coordinate].sort((a, b) => a - b))

  const loss = await engine.handle('run.loss', { runId: run.id, ensembleIndex: 0 })
  expect(loss.mean.at(-1)).toBeLessThan(loss.mean[0]! / 3)
  expect(loss.predicted.at(-1)).toBeLessThan(loss.predicted[0]! / 3)
  expect(loss.mean.at(-1)).toBeCloseTo(run.ensembles[0]!.finalLoss!, 12)
})

test('trains by other rules, without a prediction, and says so', async () => {
  const trainTargets = [0, 1, 0].map((label) => [label, 1 - label])
  const run = await finished(
    smallExperiment({
      data: datasetSchema.parse({
        kind: 'inline',
        trainInputs: [[1], [0], [-1]].map(([x]) => [x, 1]),
        trainTargets,
        testInputs: [[0.5, 1]]
      }),
      optimiser: optimiserSchema.parse({ kind: 'adam', batchSize: 2 }),
      learningRate: 0.01,
      loss: 'crossEntropy'
    })
  )
  expect(run).toMatchObject({
    status: 'completed',
    warnings: [expect.stringMatching('not adam') as string],
    ensembles: [{ agreement: null }, { agreement: null }]
  })
  const request = { runId: run.id, ensembleIndex: 1 }
  const view = await engine.handle('run.function', { ...request, step: null, maximumMembers: 4 })
  expect(view).toMatchObject({ predictedMean: null, predictedDeviation: null, agreement: null })
  const loss = await engine.handle('run.loss', request)
  expect(loss).toMatchObject({ loss: 'crossEntropy', predicted: new Float64Array() })
  expect(loss.mean.at(-1)).toBeLessThan(loss.mean[0]! / 2)
})

test('reports progress with a share of the work that only grows', async () => {
  await finished()
  expect(stored).toBeGreaterThan(4)
  const fractions = progress.map(({ fraction }) => fraction)
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
  expect(fractions.at(-1)).toBe(1)
  expect(progress.map(({ phase }) => phase)).toContain('predicting')
})

test('the same experiment gives the same bytes, another seed others', async () => {
  const path = join(folder, 'lab.tangent')
  const first = await finished()
  const second = await finished()
  const other = await finished(smallExperiment({ seed: 12 }))
  await engine.close()
  expect(arrays(path, second.id)).toEqual(arrays(path, first.id))
  const key = 'ensemble 0 testOutputs'
  expect(arrays(path, other.id).get(key)).not.toBe(arrays(path, first.id).get(key))
})

test('reopens a session with the same views and the same figure', async () => {
  const run = await finished()
  const request = {
    source: figureSource('function', run.id, 0, null),
    format: 'svg',
    theme: 'light',
    width: 720,
    height: 480,
    dotsPerInch: 300
  } as const
  const before = await engine.handle('figure.render', request)
  await engine.close()
  await engine.handle('session.open', { path: join(folder, 'lab.tangent') })
  expect(await engine.handle('run.show', { runId: run.id })).toEqual(run)
  const after = await engine.handle('figure.render', request)
  expect(Buffer.from(after.bytes).equals(Buffer.from(before.bytes))).toBe(true)
  expect(Buffer.from(after.bytes).toString('utf8')).toContain('SG-NTK prediction')
})

test('a cancelled run says so, keeps what was finished, and the next one runs', async () => {
  const experiment = smallExperiment({ steps: 1_000_000, recordCount: 0 })
  const { runId } = await engine.handle('run.start', { experiment })
  const { runId: waiting } = await engine.handle('run.start', { experiment })
  await expect.poll(() => progress.some(({ phase }) => phase === 'training')).toBe(true)
  await engine.handle('run.cancel', { runId: waiting })
  await engine.handle('run.cancel', { runId })
  await engine.idle()
  const statuses = (await engine.handle('run.list', {})).map(({ status }) => status)
  expect(statuses).toEqual(['cancelled', 'cancelled'])
  await expect(engine.handle('run.cancel', { runId })).rejects.toThrow(
    'neither running nor waiting'
  )
  expect((await finished()).status).toBe('completed')
})

test('a paused run goes on where it stopped and ends with the same bits', async () => {
  const path = join(folder, 'lab.tangent')
  const experiment = smallExperiment({
    steps: 2000,
    empiricalKernels: { at: 'recorded', members: 3, standIn: { name: 'erf', m: 2 } }
  })
  const whole = await finished(experiment)
  const { runId } = await engine.handle('run.start', { experiment })
  // Three times: in the first ensemble or the second, wherever a few steps more have brought it.
  for (let pause = 0; pause < 3; pause++) {
    progress.length = 0
    await expect.poll(() => progress.some(({ step }) => step > 0), { interval: 5 }).toBe(true)
    await engine.handle('run.pause', { runId })
    await engine.idle()
    expect((await engine.handle('run.show', { runId })).status).toBe('paused')
    if (pause === 1) {
      await engine.close()
      await engine.handle('session.open', { path })
    }
    await engine.handle('run.resume', { runId })
  }
  await engine.idle()
  const resumed = await engine.handle('run.show', { runId })
  expect(resumed).toMatchObject({ status: 'completed', problem: null, warnings: [] })
  expect(resumed.ensembles.map(({ agreement }) => agreement)).toEqual(
    whole.ensembles.map(({ agreement }) => agreement)
  )
  await engine.close()
  expect(arrays(path, runId)).toEqual(arrays(path, whole.id))
})

test('only paused and interrupted runs can be resumed', async () => {
  const { id } = await finished()
  await expect(engine.handle('run.resume', { runId: id })).rejects.toThrow(
    'is completed: only paused and interrupted runs can be resumed'
  )
})

test('a waiting run can be paused and resumed', async () => {
  const long = smallExperiment({ steps: 1_000_000, recordCount: 0 })
  const { runId: running } = await engine.handle('run.start', { experiment: long })
  const { runId: waiting } = await engine.handle('run.start', { experiment: smallExperiment() })
  await engine.handle('run.pause', { runId: waiting })
  await engine.handle('run.cancel', { runId: running })
  await engine.idle()
  const statusOf = async (runId: string) => (await engine.handle('run.show', { runId })).status
  expect([await statusOf(running), await statusOf(waiting)]).toEqual(['cancelled', 'paused'])
  await engine.handle('run.resume', { runId: waiting })
  await engine.idle()
  expect(await statusOf(waiting)).toBe('completed')
})

test('a cancelled run leaves no checkpoint, a diverged one keeps what it recorded', async () => {
  const path = join(folder, 'lab.tangent')
  const long = smallExperiment({ steps: 1_000_000, recordCount: 0 })
  const { runId: cancelled } = await engine.handle('run.start', { experiment: long })
  await expect.poll(() => progress.some(({ step }) => step > 0)).toBe(true)
  await engine.handle('run.cancel', { runId: cancelled })
  await engine.idle()
  // Narrow deep linear networks have kernels far from that of infinite width, some far larger.
  const narrow = smallExperiment({
    design: { ...long.design, depthHidden: 4, activation: { name: 'identity' }, sigmaW: 2 },
    surrogate: null,
    widths: [4],
    ensembleSize: 40,
    steps: 3000
  })
  const { maximumStepSize } = await engine.handle('experiment.forecast', { experiment: narrow })
  const learningRate = 0.9 * maximumStepSize[0]! * 8
  const failed = await finished({ ...narrow, learningRate })
  expect(failed).toMatchObject({ status: 'failed' })
  expect(failed.problem).toMatch(/diverged: after \d+ steps/)
  await engine.close()
  const session = openSession(path, { appVersion: 'test' })
  expect(session.readCheckpoint(cancelled)).toBeNull()
  expect(session.readCheckpoint(failed.id)?.checkpoint.position.recordsDone).toBeGreaterThan(0)
  session.close()
})

test('more memory than one network needs is asked for, or the run is refused', async () => {
  const small = new Engine(() => undefined, { memoryBytes: 1000 })
  await expect(
    small.handle('experiment.forecast', { experiment: smallExperiment() })
  ).rejects.toThrow(
    /one network of width 24 takes .* but only 1 MB are allowed: .* TensorFlow itself takes 51 MB/
  )
})

test('a run whose session is closed is interrupted: nobody cancelled it', async () => {
  const experiment = smallExperiment({ steps: 1_000_000, recordCount: 0 })
  await engine.handle('run.start', { experiment })
  await expect.poll(() => progress.some(({ phase }) => phase === 'training')).toBe(true)
  await engine.handle('session.open', { path: join(folder, 'other.tangent') })
  await engine.handle('session.open', { path: join(folder, 'lab.tangent') })
  const statuses = (await engine.handle('run.list', {})).map(({ status }) => status)
  expect(statuses).toEqual(['interrupted'])
})

test('a run that diverges fails with the reason, and warns of it before', async () => {
  const experiment = smallExperiment({ learningRate: 500, steps: 400 })
  const { warnings } = await engine.handle('experiment.forecast', { experiment })
  expect(warnings.join()).toContain('above the largest stable one')
  const run = await finished(experiment)
  expect(run.status).toBe('failed')
  expect(run.problem).toMatch(/Lower the learning rate/)
  expect(run.warnings).toEqual(warnings)
})

test('leaves no tensor behind', async () => {
  await finished()
  const { memory } = loadTensorFlow()
  const before = memory().numTensors
  await finished()
  expect(memory().numTensors).toBe(before)
})

test('sweeps a parameter: one prediction per value, one ensemble per value and width', async () => {
  const run = await finished(
    smallExperiment({
      design: {
        depthHidden: 1,
        activation: { name: 'erf', m: 2, theta: 0 },
        sigmaW: 1,
        sigmaB: 0.1,
        outputScale: 1,
        parametrisation: 'ntk'
      },
      surrogate: null,
      sweep: { parameter: 'activation.m', values: [1, 4] }
    })
  )
  expect(run.ensembles.map(({ width, conditionLabel }) => [width, conditionLabel])).toEqual([
    [24, 'm of the activation = 1'],
    [32, 'm of the activation = 1'],
    [24, 'm of the activation = 4'],
    [32, 'm of the activation = 4']
  ])
  const view = (ensembleIndex: number) =>
    engine.handle('run.function', { runId: run.id, ensembleIndex, step: null, maximumMembers: 0 })
  expect((await view(0)).kernelName).toBe('analytic NTK')
  expect((await view(0)).predictedMean).toEqual((await view(1)).predictedMean)
  expect((await view(0)).predictedMean).not.toEqual((await view(2)).predictedMean)
})

test('refuses what is not of the protocol', async () => {
  const bad = { experiment: { ...smallExperiment(), surrogate: null } }
  await expect(engine.handle('run.start', bad)).rejects.toThrow('choose a surrogate derivative')
  const unknown = { runId: 'nothing' }
  await expect(engine.handle('run.show', unknown)).rejects.toMatchObject({ code: 'not-found' })
})
