import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { kernelError } from '@shared/comparison/kernel-error'
import { makeDataset } from '@shared/design/dataset'
import { experimentSchema } from '@shared/design/experiment'
import { layerSizes } from '@shared/design/network'
import { finish } from '@shared/theory/stepwise'
import { Engine } from '../../src-main/engine/engine'
import { networkPrograms } from '../../src-main/engine/empirical/network-programs'
import { tensorKernels } from '../../src-main/engine/empirical/tensor-kernels'
import { loadTensorFlow } from '../../src-main/engine/tensorflow'
import { initialParameters } from '../../src-main/engine/training/initial-parameters'
import { openSession } from '../../src-main/session/session'
import { smallExperiment } from '../support/small-experiment'

let folder: string
let engine: Engine

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tangent-kernels-'))
  engine = new Engine(() => undefined)
  await engine.handle('session.open', { path: join(folder, 'lab.tangent') })
})
afterEach(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

const smooth = smallExperiment({
  design: { ...smallExperiment().design, activation: { name: 'erf', m: 2, theta: 0 } },
  widths: [30, 300],
  ensembleSize: 6,
  steps: 20,
  empiricalKernels: { at: 'ends', members: 4, standIn: null }
})

async function run(experiment = smooth) {
  const { runId } = await engine.handle('run.start', { experiment })
  await engine.idle()
  const finished = await engine.handle('run.show', { runId })
  expect(finished.problem).toBeNull()
  await engine.close()
  const session = openSession(join(folder, 'lab.tangent'), { appVersion: 'test' })
  try {
    const read = (kind: 'ensemble' | 'prediction', index: number, name: string) =>
      session.readArray(runId, kind, index, name)
    const names = session
      .listArrays(runId)
      .filter(({ ownerKind, ownerIndex }) => ownerKind === 'ensemble' && ownerIndex === 1)
      .map(({ name }) => name)
    const analytic = read('prediction', 0, 'kernelTestTrain').data as Float64Array
    return {
      finished,
      names,
      analytic,
      arrays: names.includes('empiricalKernels')
        ? [0, 1].map((index) => ({
            steps: read('ensemble', index, 'empiricalSteps'),
            kernels: read('ensemble', index, 'empiricalKernels')
          }))
        : []
    }
  } finally {
    session.close()
  }
}

test('a run records the SG-NTKs of some networks, before and after training', async () => {
  const { finished, arrays, analytic } = await run()
  const data = makeDataset(smooth.data as Parameters<typeof makeDataset>[0])
  const sizes = layerSizes(smooth.design, 2, 300, 1)
  const [fresh] = finish(
    tensorKernels(loadTensorFlow(), {
      programs: networkPrograms(smooth.design, smooth.surrogate, sizes),
      ...{ sizes, members: 4, first: data.testInputs, second: data.trainInputs },
      parameters: finish(initialParameters(sizes, 300, smooth.seed, 0, 4)),
      outputs: 'traced',
      kernels: ['sgNtk']
    })
  )
  const [, wide] = arrays
  expect([...wide!.steps.data]).toEqual([0, 20])
  expect(wide!.kernels.shape).toEqual([2, 4, 24, 8])
  const perStep = 4 * 24 * 8
  const [before, after] = [0, 1].map((i) =>
    (wide!.kernels.data as Float32Array).subarray(i * perStep, (i + 1) * perStep)
  )
  fresh!.forEach((value, i) => {
    expect(Math.abs(before![i]! - value)).toBeLessThan(1e-5)
  })
  expect(after!.every((value, i) => Number.isFinite(value) && value !== before![i])).toBe(true)

  const errors = finished.ensembles.map(({ agreement }) => agreement!.kernelErrors!)
  expect(errors.map((steps) => steps.map(({ step }) => step))).toEqual([
    [0, 20],
    [0, 20]
  ])
  // Ten times the width: about a third of the error of one network.
  expect(errors[1]![0]!.ofNetworks).toBeLessThan(0.6 * errors[0]![0]!.ofNetworks)
  const again = kernelError({ width: 300, kernels: before! }, analytic)
  expect(errors[1]![0]!.ofMean).toBeCloseTo(again.ofMean, 12)
})

test('a run records none unless it is asked to', async () => {
  const { finished, names } = await run({
    ...smooth,
    steps: 2,
    empiricalKernels: { at: 'none', members: 10, standIn: null }
  })
  expect(names).not.toContain('empiricalKernels')
  expect(finished.ensembles[0]!.agreement).not.toHaveProperty('kernelErrors')
})

test('step networks record those of their stand-in, which must be stated', async () => {
  const experiment = smallExperiment({ steps: 4, ensembleSize: 3 })
  const asked = { at: 'recorded', members: 10 }
  expect(() => experimentSchema.parse({ ...experiment, empiricalKernels: asked })).toThrow(
    'contain their last layer only'
  )
  const standIn = { name: 'erf', m: 3 }
  const { finished, arrays } = await run(
    experimentSchema.parse({ ...experiment, empiricalKernels: { ...asked, standIn } })
  )
  expect(arrays[0]!.kernels.shape).toEqual([finished.recordedSteps.length, 3, 24, 8])
  expect(arrays[0]!.kernels.data.every(Number.isFinite)).toBe(true)
})
