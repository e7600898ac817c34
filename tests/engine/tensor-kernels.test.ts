import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { matrixFromRows } from '@shared/design/dataset'
import { networkDesignSchema } from '@shared/design/network'
import { surrogateSchema } from '@shared/design/surrogate'
import { finish } from '@shared/theory/stepwise'
import { empiricalKernels64 } from '../../src-main/engine/empirical/float64-kernels'
import { networkPrograms } from '../../src-main/engine/empirical/network-programs'
import {
  tensorKernels,
  type EmpiricalKernelRequest
} from '../../src-main/engine/empirical/tensor-kernels'
import { compiledTiles } from '../../src-main/engine/empirical/tile-runner'
import { loadTensorFlow, tensorFlowBinding } from '../../src-main/engine/tensorflow'
import { empiricalCases, empiricalSetting } from '../reference/empirical-cases'
import { largestRelativeError } from '../reference/oracle'
import { javascriptLinearAlgebra } from '../../src-main/engine/float64/javascript-linear-algebra'
import { blockParameters, randomLayers } from '../support/random-network'

const tf = loadTensorFlow()

/** float32 rounds to 6e-8; a kernel entry is a sum of products of a few sums. */
const TOLERANCE = 1e-5

test.each(empiricalCases.map((c) => [c.id, c] as const))('%s', (_id, reference) => {
  const { programs, layers, inputs } = empiricalSetting(reference)
  const [ntk, sgNtk] = finish(
    tensorKernels(tf, {
      ...{ programs, sizes: reference.params.widths, members: 1, first: inputs, second: null },
      parameters: blockParameters([layers]),
      outputs: 'full',
      kernels: ['ntk', 'sgNtk']
    })
  )
  expect(largestRelativeError(ntk!, reference.ntk.flat(3), 1)).toBeLessThan(TOLERANCE)
  expect(largestRelativeError(sgNtk!, reference.sgntk.flat(3), 1)).toBeLessThan(TOLERANCE)
})

describe('blocks of networks', () => {
  const sizes = [2, 40, 30, 3]
  const design = networkDesignSchema.parse({
    depthHidden: 2,
    activation: { name: 'erf', m: 1.5, theta: 0.2 },
    sigmaW: 1.3,
    sigmaB: 0.4
  })
  const surrogate = surrogateSchema.parse({ name: 'erf_prime', m: 0.8 })
  const programs = networkPrograms(design, surrogate, sizes)
  const members = [0, 1, 2, 3].map((member) => randomLayers(sizes, 5, member))
  // Norms from 0.1 to 3: a transposed SG-NTK would be seen.
  const first = matrixFromRows(
    Array.from({ length: 9 }, (_, i) => [0.1 + 0.3 * i * Math.cos(i), 0.3 * i * Math.sin(i)]),
    'X'
  )
  const second = matrixFromRows(
    Array.from({ length: 5 }, (_, i) => [2 * Math.sin(1 + i), 0.5 * i - 1]),
    'X2'
  )
  const request: EmpiricalKernelRequest = {
    ...{ programs, sizes, members: 4, first, second },
    parameters: blockParameters(members),
    outputs: 'full',
    kernels: ['sgNtk', 'ntk']
  }
  const exact = members.map((layers) =>
    finish(empiricalKernels64(javascriptLinearAlgebra, programs, layers, first, second))
  )
  const wantedSgNtk = exact.flatMap(({ sgNtk }) => [...sgNtk])
  const wantedNtk = exact.flatMap(({ ntk }) => [...ntk])

  test('have the kernels of every member, all outputs by all outputs', () => {
    const [sgNtk, ntk] = finish(tensorKernels(tf, request))
    expect(largestRelativeError(sgNtk!, wantedSgNtk, 1)).toBeLessThan(TOLERANCE)
    expect(largestRelativeError(ntk!, wantedNtk, 1)).toBeLessThan(TOLERANCE)
  })

  test('traced: the mean over outputs of the diagonal', () => {
    const [sgNtk] = finish(tensorKernels(tf, { ...request, outputs: 'traced', kernels: ['sgNtk'] }))
    const traced = Array.from(
      { length: wantedSgNtk.length / 9 },
      (_, i) => (wantedSgNtk[9 * i]! + wantedSgNtk[9 * i + 4]! + wantedSgNtk[9 * i + 8]!) / 3
    )
    expect(largestRelativeError(sgNtk!, traced, 1)).toBeLessThan(TOLERANCE)
  })

  test.each(['full', 'traced'] as const)('the diagonal of a kernel alone, %s', (outputs) => {
    const kernels = request.kernels
    const whole = finish(tensorKernels(tf, { ...request, outputs, kernels, second: null }))
    const diagonals = finish(
      tensorKernels(tf, { ...request, outputs, kernels, second: 'diagonal' })
    )
    const entry = outputs === 'full' ? 9 : 1
    const N = first.rows
    kernels.forEach((_, which) => {
      const wanted = members.flatMap((_member, member) =>
        Array.from({ length: N }, (_point, i) => {
          const at = ((member * N + i) * N + i) * entry
          return [...whole[which]!.subarray(at, at + entry)]
        }).flat()
      )
      expect(largestRelativeError(diagonals[which]!, wanted, 1)).toBeLessThan(TOLERANCE)
    })
  })

  test.each(['full', 'traced'] as const)('one by one, and as a graph, %s', (outputs) => {
    for (const points of [{}, { second: null }, { second: 'diagonal' }] as const) {
      const asked = { ...request, outputs, ...points }
      const plain = finish(tensorKernels(tf, asked))
      const diagonal = asked.second === 'diagonal'
      const tiles = compiledTiles(tensorFlowBinding(tf), { ...asked, diagonal })
      const graph = finish(tensorKernels(tf, asked, tiles))
      tiles.dispose()
      asked.kernels.forEach((_, which) => {
        expect(largestRelativeError(graph[which]!, [...plain[which]!], 1)).toBeLessThan(TOLERANCE)
      })
    }
  })

  test('a graph that is kept serves other parameters and other numbers of networks', () => {
    const tiles = compiledTiles(tensorFlowBinding(tf), { ...request, diagonal: false })
    const [all] = finish(tensorKernels(tf, request, tiles))
    const others = [members[2]!, members[0]!]
    const [some] = finish(
      tensorKernels(tf, { ...request, members: 2, parameters: blockParameters(others) }, tiles)
    )
    tiles.dispose()
    const each = all!.length / 4
    const wanted = [...all!.subarray(2 * each, 3 * each), ...all!.subarray(0, each)]
    expect(largestRelativeError(some!, wanted, 1)).toBeLessThan(TOLERANCE)
  })

  test('leave no tensor, no graph and no file behind', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tangent-kernels-'))
    vi.stubEnv('TMPDIR', folder)
    try {
      const before = held()
      const tiles = compiledTiles(tensorFlowBinding(tf), { ...request, diagonal: false })
      finish(tensorKernels(tf, request, tiles))
      expect(held()).toEqual({ ...before, graphs: before.graphs + 1 })
      tiles.dispose()
      expect(held()).toEqual(before)
      const stopped = tensorKernels(tf, request)
      stopped.next()
      expect(held()).not.toEqual(before)
      stopped.return([])
      expect(held()).toEqual(before)
      expect(readdirSync(folder)).toEqual([])
    } finally {
      vi.unstubAllEnvs()
      rmSync(folder, { recursive: true })
    }
  })
})

/** What TensorFlow holds: the binding's own count, since kernels go past the books of tfjs. */
function held(): { tensors: number; graphs: number } {
  const backend = tf.backend() as unknown as { getNumOfTFTensors(): number }
  return { tensors: backend.getNumOfTFTensors(), graphs: tf.node.getNumOfSavedModels() }
}

test('are put together from tiles, and from blocks of members', () => {
  const sizes = [2, 600, 600, 2]
  const design = networkDesignSchema.parse({
    depthHidden: 2,
    activation: { name: 'erf', m: 2 },
    sigmaW: 1.2,
    sigmaB: 0.3
  })
  const surrogate = surrogateSchema.parse({ name: 'fast_sigmoid', beta: 1.5 })
  const programs = networkPrograms(design, surrogate, sizes)
  const parameters = blockParameters([0, 1].map((member) => randomLayers(sizes, 8, member)))
  const points = (count: number, shift: number) =>
    matrixFromRows(
      Array.from({ length: count }, (_, i) => [
        (1 + i / 100) * Math.sin(i + shift),
        Math.cos(i + shift)
      ]),
      'X'
    )
  const [first, second] = [points(450, 0), points(400, 0.5)]
  const request: EmpiricalKernelRequest = {
    ...{ programs, sizes, members: 2, parameters, first, second },
    ...{ outputs: 'full', kernels: ['sgNtk'] }
  }
  let pieces = 0
  const computation = tensorKernels(tf, request)
  let piece = computation.next()
  for (; !piece.done; piece = computation.next()) pieces++
  expect(pieces).toBeGreaterThan(4)
  const [whole] = piece.value
  // A few rows and columns from everywhere, each in one tile.
  const someRows = [0, 120, 449]
  const someColumns = [0, 250, 399]
  const pick = (from: typeof first, rows: number[]) =>
    matrixFromRows(
      rows.map((row) => [...from.values.subarray(2 * row, 2 * row + 2)]),
      'X'
    )
  const [part] = finish(
    tensorKernels(tf, {
      ...request,
      first: pick(first, someRows),
      second: pick(second, someColumns)
    })
  )
  const wanted = [0, 1].flatMap((member) =>
    someRows.flatMap((i) =>
      someColumns.flatMap((j) => {
        const at = ((member * 450 + i) * 400 + j) * 4
        return [...whole!.subarray(at, at + 4)]
      })
    )
  )
  expect(largestRelativeError(part!, wanted, 1)).toBeLessThan(TOLERANCE)
})
