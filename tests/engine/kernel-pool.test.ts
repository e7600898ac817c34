import { join } from 'node:path'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build } from 'vite'
import { networkDesignSchema } from '@shared/design/network'
import { surrogateSchema } from '@shared/design/surrogate'
import { LabError } from '@shared/protocol/errors'
import { computeKernels } from '@shared/theory/kernels'
import type { Matrix } from '@shared/design/dataset'
import { KernelPool } from '../../src-main/engine/kernels/kernel-pool'

const root = join(import.meta.dirname, '..', '..')
const never = new AbortController().signal
const design = networkDesignSchema.parse({
  depthHidden: 2,
  activation: { name: 'sign' },
  sigmaW: 1.2,
  sigmaB: 0.1
})
const psi = surrogateSchema.parse({ name: 'boxcar', a: 0.4, amp: 1 })

function points(rows: number, shift = 0): Matrix {
  const values = Float64Array.from({ length: 3 * rows }, (_, i) => Math.sin(1.3 * i * i + shift))
  return { values, rows, columns: 3 }
}

let folder = ''
let pool = new KernelPool(1, null)

beforeAll(async () => {
  folder = mkdtempSync(join(root, 'node_modules', '.cache-kernel-worker-'))
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    resolve: { alias: { '@shared': join(root, 'src-shared') } },
    build: {
      ssr: join(root, 'src-main', 'engine', 'kernels', 'kernel-worker.ts'),
      outDir: folder,
      rolldownOptions: { output: { entryFileNames: 'kernel-worker.mjs' } }
    }
  })
  pool = new KernelPool(3, join(folder, 'kernel-worker.mjs'))
})
afterAll(async () => {
  await pool.close()
  rmSync(folder, { recursive: true })
})

test.each([
  ['a set with itself', points(700), null],
  ['two sets', points(700), points(640, 1)]
])('%s: three threads give what one gives, bit by bit', async (_name, X, X2) => {
  const wanted = computeKernels(design, psi, X, X2)
  for (let repeat = 0; repeat < 2; repeat++) {
    const got = await pool.compute(design, psi, X, X2, never)
    for (const kind of ['nngp', 'ntk', 'sgNtk'] as const) {
      expect(got[kind]!.values.buffer).toBeInstanceOf(SharedArrayBuffer)
      expect(
        Buffer.compare(
          Buffer.from(got[kind]!.values.buffer),
          Buffer.from(wanted[kind]!.values.buffer)
        )
      ).toBe(0)
      expect({ ...got[kind], values: null }).toEqual({
        ...wanted[kind],
        values: null
      })
    }
  }
})

const slow = networkDesignSchema.parse({ ...design, activation: { name: 'tanh' } })

test('a stop is felt while threads work, and the pool goes on afterwards', async () => {
  const controller = new AbortController()
  const stopped = pool.compute(slow, null, points(700), null, controller.signal)
  setTimeout(() => {
    controller.abort(new Error('stopped'))
  }, 100)
  await expect(stopped).rejects.toThrow('stopped')
  const { nngp } = await pool.compute(design, null, points(700), null, never)
  expect(nngp.values[0]).toBeCloseTo(1.2 ** 2 + 0.1 ** 2, 14)
})

test('two kernels at once do not mix', async () => {
  const relu = networkDesignSchema.parse({ ...design, activation: { name: 'relu' } })
  const computed = await Promise.all([
    pool.compute(design, psi, points(500), null, never),
    pool.compute(relu, null, points(600), null, never)
  ])
  expect(computed[0].sgNtk!.values.slice()).toEqual(
    computeKernels(design, psi, points(500)).sgNtk!.values
  )
  expect(computed[1].ntk.values.slice()).toEqual(computeKernels(relu, null, points(600)).ntk.values)
})

/** A pool whose second thread runs this program instead. */
function poolWith(name: string, program: string): KernelPool {
  const path = join(folder, name)
  writeFileSync(path, `import { parentPort } from 'node:worker_threads'\n${program}`)
  return new KernelPool(2, path)
}

test('a thread that cannot start is an error, not a hang', async () => {
  const broken = new KernelPool(2, join(folder, 'nowhere.mjs'))
  await expect(broken.compute(slow, null, points(700), null, never)).rejects.toThrow('nowhere')
})

test('a thread that fails with a block in hand is an error, not a hole', async () => {
  const broken = poolWith(
    'failing.mjs',
    `parentPort.on('message', ({ progress }) => {
      Atomics.add(progress, 0, 1)
      throw new Error('lost a block')
    })`
  )
  await expect(broken.compute(slow, null, points(700), null, never)).rejects.toThrow('lost a block')
})

test('what a thread says went wrong is told with its code', async () => {
  const complaining = poolWith(
    'complaining.mjs',
    `parentPort.on('message', ({ id, progress }) => {
      Atomics.add(progress, 0, 1)
      const error = { code: 'diverged', message: 'no such moment' }
      parentPort.postMessage({ jobId: id, error })
    })`
  )
  const failed = complaining.compute(slow, null, points(700), null, never)
  await expect(failed).rejects.toThrow(new LabError('diverged', 'no such moment'))
  await complaining.close()
})

test('nobody waits for a thread that does not come', async () => {
  const absent = poolWith('absent.mjs', `parentPort.on('message', () => {})`)
  const { ntk } = await absent.compute(design, null, points(700), null, never)
  expect(ntk.values.slice()).toEqual(computeKernels(design, null, points(700)).ntk.values)
  await absent.close()
})
