import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { matrixFromRows } from '@shared/design/dataset'
import { networkDesignSchema } from '@shared/design/network'
import { computeKernels } from '@shared/theory/kernels'
import { runTangent } from './tangent'

/** Tells of every thread that a process starts, what it reports, and its end. */
const witness = `
const threads = require('node:worker_threads')
const say = (text) => process.stderr.write(text + '\\n')
const Worker = threads.Worker
threads.Worker = class extends Worker {
  constructor(file, ...options) {
    super(file, ...options)
    say('started ' + file)
    this.on('message', (message) => say('reported ' + JSON.stringify(message)))
    this.on('exit', () => say('ended'))
  }
}
require('node:module').syncBuiltinESMExports()
`
const design = { activation: { name: 'sign' }, depthHidden: 2, sigmaW: 1.2, sigmaB: 0.1 }
const surrogate = { name: 'boxcar', a: 0.4, amp: 1, theta: 0 } as const
const X = Array.from({ length: 400 }, (_, i) => [0, 1, 2].map((k) => Math.sin(1.3 * i * i + k)))

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tangent-threads-'))
  writeFileSync(join(folder, 'witness.cjs'), witness)
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function watched(command: string, task: object) {
  const env = { NODE_OPTIONS: `--require ${join(folder, 'witness.cjs')}` }
  return runTangent([command, '-'], folder, JSON.stringify({ ...design, surrogate, ...task }), env)
}

test('kernels of many points: the built worker helps, its thread ends, numbers are the same bits', () => {
  const { status, stdout, stderr } = watched('kernel', { X })
  expect(status).toBe(0)
  expect(stderr).toMatch(/^started .*kernel-worker\.js$/m)
  expect(stderr).toMatch(/^ended$/m)
  const got = JSON.parse(stdout) as { ntk: (number | string)[][]; sgNtk: number[][] }
  const wanted = computeKernels(
    networkDesignSchema.parse(design),
    surrogate,
    matrixFromRows(X, 'X')
  )
  expect(got.sgNtk.flat()).toEqual([...wanted.sgNtk!.values])
  const ntk = got.ntk.flat().map((value) => (value === 'inf' ? Infinity : value))
  expect(ntk).toEqual([...wanted.ntk.values])
})

test('kernels by quadrature take long enough for the worker to do its share and say so', () => {
  const { status, stderr } = watched('kernel', {
    ...{ activation: { name: 'tanh', beta: 3, theta: 0.3 } },
    X: X.slice(0, 60)
  })
  expect(status).toBe(0)
  expect(stderr).toMatch(/^reported \{"jobId":1,"error":null\}$/m)
})

test('predictions of many points too', () => {
  const { status, stdout, stderr } = watched('predict', {
    ...{ Xtrain: X.slice(0, 20), ytrain: X.slice(0, 20).map(([x]) => [x]), Xtest: X.slice(20) },
    times: [{ kind: 'steps', k: 100, eta: 0.01 }]
  })
  expect(status).toBe(0)
  expect(stderr).toMatch(/^started .*kernel-worker\.js$/m)
  const { results } = JSON.parse(stdout) as { results: { meanTest: number[][] }[] }
  expect(results[0]!.meanTest).toHaveLength(380)
})

test('few points need no thread', () => {
  const { status, stderr } = watched('kernel', { X: X.slice(0, 50) })
  expect(status).toBe(0)
  expect(stderr).not.toContain('started')
})
