import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { matrixFromRows, type Matrix } from '@shared/design/dataset'
import { networkDesignSchema } from '@shared/design/network'
import { surrogateSchema } from '@shared/design/surrogate'
import { computeKernels } from '@shared/theory/kernels'
import { forecastKernelFiles, writeKernels } from '../../../src-main/engine/kernels/write-kernels'

const design = networkDesignSchema.parse({
  depthHidden: 1,
  activation: { name: 'sign' },
  sigmaW: 1.1,
  sigmaB: 0.3
})
const surrogate = surrogateSchema.parse({ name: 'erf_prime', m: 2 })
const X: Matrix = matrixFromRows(
  Array.from({ length: 1100 }, (_, i) => [Math.sin(i), Math.cos(i) * (1 + i / 500)]),
  'X'
)

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kernels-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** A .npy file's header, and its numbers. */
function readNumpy(path: string): { header: string; values: Float64Array } {
  const bytes = readFileSync(path)
  expect(bytes.toString('latin1', 0, 8)).toBe('\x93NUMPY\x01\x00')
  const start = 10 + bytes.readUInt16LE(8)
  expect(start % 64).toBe(0)
  const values = new Float64Array((bytes.length - start) / 8)
  for (let i = 0; i < values.length; i++) values[i] = bytes.readDoubleLE(start + 8 * i)
  return { header: bytes.toString('latin1', 10, start), values }
}

test('several blocks, mirrored ones among them, hold what computeKernels gives', async () => {
  const shares: number[] = []
  const request = { design, surrogate, first: X, second: null, prefix: join(folder, 'run') }
  const paths = await writeKernels(request, new AbortController().signal, (share) => {
    shares.push(share)
  })
  expect(paths.map((path) => basename(path))).toEqual([
    'run.nngp.npy',
    'run.ntk.npy',
    'run.sgNtk.npy'
  ])
  const wanted = computeKernels(design, surrogate, X)
  for (const [i, kind] of (['nngp', 'ntk', 'sgNtk'] as const).entries()) {
    const { header, values } = readNumpy(paths[i]!)
    expect(header).toMatch(
      /^\{'descr': '<f8', 'fortran_order': False, 'shape': \(1100, 1100\), \} *\n$/
    )
    expect(
      Buffer.compare(Buffer.from(values.buffer), Buffer.from(wanted[kind]!.values.buffer))
    ).toBe(0)
  }
  expect(shares).toHaveLength(6)
  expect(shares.at(-1)).toBe(1)
  expect(forecastKernelFiles(request).fileBytes).toBe(3 * 8 * 1100 ** 2)
})

test('a stop leaves nothing behind', async () => {
  const controller = new AbortController()
  const request = { design, surrogate: null, first: X, second: null, prefix: join(folder, 'run') }
  const stopped = writeKernels(request, controller.signal, () => {
    controller.abort(new Error('stopped'))
  })
  await expect(stopped).rejects.toThrow('stopped')
  expect(readdirSync(folder)).toEqual([])
})

test('a folder that is not there is named', async () => {
  const request = {
    design,
    surrogate: null,
    first: X,
    second: null,
    prefix: join(folder, 'no', 'x')
  }
  await expect(writeKernels(request, new AbortController().signal)).rejects.toThrow(
    /no\/x\.\*\.npy could not be written: ENOENT/
  )
})

test('the blocks under way are small, however many points there are', () => {
  const many = { values: new Float64Array(1e4), rows: 1e4, columns: 1 }
  const forecast = forecastKernelFiles({
    design,
    surrogate,
    first: many,
    second: null,
    prefix: 'x'
  })
  expect(forecast).toEqual({ fileBytes: 2.4e9, memoryBytes: 2 * 3 * 8 * 512 ** 2 })
})
