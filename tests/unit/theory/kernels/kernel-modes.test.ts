import { describe, expect, test } from 'vitest'
import { matrixFromRows, type Matrix } from '@shared/design/dataset'
import { networkDesignSchema } from '@shared/design/network'
import { surrogateSchema } from '@shared/design/surrogate'
import { computeKernels } from '@shared/theory/kernels'
import { divergingEntries } from '@shared/theory/kernels/diverging-entries'
import { blockRanges, computeBlock } from '@shared/theory/kernels/kernel-blocks'
import { kernelDiagonals } from '@shared/theory/kernels/kernel-diagonals'
import { kernelBytes } from '@shared/theory/kernels/kernel-memory'
import { kernelPlan } from '@shared/theory/kernels/kernel-plan'
import {
  applyOutputKernel,
  fullOutputEntry,
  tracedOutputKernel
} from '@shared/theory/kernels/output-kernel'
import { finish } from '@shared/theory/stepwise'

const design = networkDesignSchema.parse({
  depthHidden: 2,
  activation: { name: 'sign' },
  sigmaW: 1.3,
  sigmaB: 0.2
})
const psi = surrogateSchema.parse({ name: 'boxcar', a: 0.5, amp: 1 })

/** Points of unequal norms, some of them equal and opposite. */
function points(count: number, offset = 0): Matrix {
  const rows = Array.from({ length: count }, (_, i) => {
    const angle = 1.7 * (i + offset)
    const radius = 0.4 + ((i + offset) % 7) / 3
    return [radius * Math.sin(angle), radius * Math.cos(angle), Math.sin(3 * angle)]
  })
  if (count > 4)
    rows.splice(
      2,
      2,
      rows[0]!,
      rows[0]!.map((x) => -x)
    )
  return matrixFromRows(rows, 'X')
}

describe('the diagonal alone', () => {
  test('of a set with itself, over more points than a batch holds', () => {
    const X = points(300)
    const { nngp, ntk, sgNtk } = computeKernels(design, psi, X)
    const diagonals = finish(kernelDiagonals(design, psi, X, null))
    for (let i = 0; i < 300; i++) {
      expect(diagonals.nngp[i]).toBe(nngp.values[i * 301])
      expect(diagonals.ntk[i]).toBe(ntk.values[i * 301])
      expect(diagonals.sgNtk![i]).toBe(sgNtk!.values[i * 301])
    }
  })

  test('of pairs of points: true derivative at the first, surrogate at the second', () => {
    const [X, X2] = [points(9), points(9, 4)]
    const { nngp, sgNtk } = computeKernels(design, psi, X, X2)
    const diagonals = finish(kernelDiagonals(design, psi, X, X2))
    const exchanged = finish(kernelDiagonals(design, psi, X2, X))
    for (let i = 0; i < 9; i++) {
      expect(diagonals.nngp[i]).toBe(nngp.values[i * 10])
      expect(diagonals.sgNtk![i]).toBe(sgNtk!.values[i * 10])
    }
    expect(exchanged.sgNtk).not.toEqual(diagonals.sgNtk)
  })

  test('has no SG-NTK without a surrogate, and needs as many points on both sides', () => {
    expect(finish(kernelDiagonals(design, null, points(3), null)).sgNtk).toBeNull()
    expect(() => finish(kernelDiagonals(design, null, points(3), points(2)))).toThrow(
      'a diagonal needs as many points in X2 as in X: X has 3, X2 has 2'
    )
  })
})

describe('block by block', () => {
  test.each([
    ['a set with itself', points(23), null],
    ['two sets', points(23), points(11, 5)]
  ])('%s: the same numbers, each entry once', (_name, X, X2) => {
    const whole = computeKernels(design, psi, X, X2)
    const plan = finish(kernelPlan(design, psi, X, X2))
    const columns = (X2 ?? X).rows
    const seen = new Int32Array(X.rows * columns)
    for (const range of blockRanges(plan, 7)) {
      for (const block of finish(computeBlock(plan, range))) {
        const width = block.toColumn - block.fromColumn
        for (const kind of ['nngp', 'ntk', 'sgNtk'] as const) {
          block[kind]!.forEach((value, at) => {
            const i = block.fromRow + Math.floor(at / width)
            const j = block.fromColumn + (at % width)
            if (kind === 'nngp') seen[i * columns + j]! += 1
            expect(value).toBe(whole[kind]!.values[i * columns + j])
          })
        }
      }
    }
    expect(seen.every((times) => times === 1)).toBe(true)
  })

  test('what does not fit into memory is refused before the work, naming the way out', () => {
    const X = { values: new Float64Array(10_000), rows: 10_000, columns: 1 }
    expect(kernelBytes(10_000, 10_000, true)).toBe(2.4e9)
    expect(() => computeKernels(design, psi, X)).toThrow(
      /10000 × 10000 points take 2\.2 GiB, and at most 2\.0 GiB .*: write them to files block by block/
    )
  })
})

test('an SG-NTK says which derivative stands where, and never claims to be symmetric', () => {
  const { sgNtk } = computeKernels(design, psi, points(5))
  expect(sgNtk!.orientation).toEqual({ first: 'trueDerivative', second: 'surrogate' })
  expect(sgNtk!.symmetric).toBe(false)
})

test('diverging entries are counted, and the first of them listed with their signs', () => {
  const X = matrixFromRows(
    [
      [1, 0],
      [-2, 0],
      [0.6, 0.8]
    ],
    'X'
  )
  const { ntk, nngp } = computeKernels({ ...design, depthHidden: 1, sigmaB: 0 }, null, X)
  expect(divergingEntries(ntk, 3)).toEqual({
    count: 5,
    entries: [
      { row: 0, column: 0, sign: 1 },
      { row: 0, column: 1, sign: -1 },
      { row: 1, column: 0, sign: -1 }
    ]
  })
  expect(divergingEntries(nngp)).toEqual({ count: 0, entries: [] })
})

test('with several outputs every kernel is K ⊗ 1, and nothing larger than K is stored', () => {
  const { nngp } = computeKernels(design, null, points(3))
  expect(fullOutputEntry(nngp, [1, 0], [2, 0])).toBe(nngp.values[5])
  expect(fullOutputEntry(nngp, [1, 0], [2, 1])).toBe(0)
  expect(tracedOutputKernel(nngp, 2).values[5]).toBe(2 * nngp.values[5]!)
  const v = matrixFromRows(
    [
      [1, 2],
      [0, -1],
      [3, 0.5]
    ],
    'v'
  )
  const applied = applyOutputKernel(nngp, v)
  for (const i of [0, 1, 2]) {
    for (const p of [0, 1]) {
      let wanted = 0
      for (const j of [0, 1, 2]) {
        for (const q of [0, 1])
          wanted += fullOutputEntry(nngp, [i, p], [j, q]) * v.values[2 * j + q]!
      }
      expect(applied.values[2 * i + p]).toBeCloseTo(wanted, 13)
    }
  }
})

test('a plan gives turns between the variances of points, which are quadratures', () => {
  const curved = networkDesignSchema.parse({
    depthHidden: 2,
    activation: { name: 'expression', formula: 'relu(z)*tanh(z)' },
    sigmaW: 1.2,
    sigmaB: 0.1
  })
  let turns = 0
  for (const plan = kernelPlan(curved, null, points(7), null); !plan.next().done; turns++);
  // Two of the seven have the norm of another.
  expect(turns).toBe(2 * 5)
})
