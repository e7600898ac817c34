import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallExperiment } from '../support/small-experiment'
import { runTangent } from './tangent'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tangent-without-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const common = { widths: [24], ensembleSize: 6, steps: 40, learningRate: 0.05, recordCount: 2 }
const { design } = smallExperiment()
const cases: [name: string, changes: object, because: string, pace: string][] = [
  ['adam', { optimiser: { kind: 'adam' } }, 'not adam', 'learning rate 0.05000'],
  ['momentum', { optimiser: { kind: 'momentum', beta: 0.8 } }, 'not momentum', 'step size η'],
  ['minibatch', { optimiser: { kind: 'sgd', batchSize: 3 } }, 'not sgd', 'step size η'],
  [
    'standard',
    { design: { ...design, parametrisation: 'standard' } },
    'not standard',
    'step size η'
  ],
  [
    'cross-entropy',
    {
      loss: 'crossEntropy',
      data: {
        kind: 'inline',
        trainInputs: [
          [1, 0],
          [0, 1],
          [-1, 0.5]
        ],
        trainTargets: [
          [1, 0],
          [0, 1],
          [0, 1]
        ],
        testInputs: [[0.5, 0.5]]
      }
    },
    'not crossEntropy',
    'step size η'
  ]
]

describe('training that kernel theory does not describe says so, and is not held against it', () => {
  test.each(cases)('%s', (name, changes, because, pace) => {
    const experiment = smallExperiment({ ...common, ...changes })
    writeFileSync(join(folder, `${name}.json`), JSON.stringify({ ...experiment, name }))
    const session = `${name}.tangent`
    const run = runTangent(['run', `${name}.json`, '--session', session], folder)
    expect(run.stderr).toContain(because)
    expect(run.status).toBe(0)

    const { stdout } = runTangent(['show', session, 'latest'], folder)
    expect(stdout).toContain(because)
    expect(stdout).toContain(pace)
    expect(stdout).toContain('there is no prediction to compare with:')
    expect(stdout).not.toContain('rms z')
    expect(stdout).toMatch(/^24 +– +\d/m)

    const data = ['--data', `${name}-data`, '--report', `${name}.html`]
    expect(runTangent(['export', session, ...data], folder).status).toBe(0)
    const files = readdirSync(join(folder, `${name}-data`))
    expect(files.some((file) => file.startsWith('outputs'))).toBe(true)
    expect(files.filter((file) => file.startsWith('prediction'))).toEqual([])
  })
})
