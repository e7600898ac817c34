import { describe, expect, test } from 'vitest'
import {
  datasetSchema,
  generators,
  makeDataset,
  type Dataset,
  type GeneratorKind,
  type SelfContainedSpec
} from '@shared/design/dataset'
import { matrixRow, norm, type Matrix } from '@shared/design/matrix'

const points = { trainCount: 12, testCount: 20, seed: 3 }
const samples: Record<GeneratorKind, object> = {
  circle: { trainFrom: 'test', ...points },
  sphere: { dimension: 5, radius: 2, target: { name: 'polynomial', degree: 3 }, ...points },
  disc: { innerRadius: 0.5, outerRadius: 2, ...points },
  gaussian: {
    dimension: 4,
    deviation: 3,
    target: { name: 'teacher', width: 7, activation: { name: 'sign' } },
    ...points
  },
  spirals: { turns: 2, ...points },
  xor: { ...points },
  step: { trainFrom: 'uniform', threshold: 0.3, ...points }
}

function parsed(kind: GeneratorKind, changes: object = {}): SelfContainedSpec {
  return datasetSchema.parse({ kind, ...samples[kind], ...changes }) as SelfContainedSpec
}
const make = (kind: GeneratorKind, changes: object = {}): Dataset =>
  makeDataset(parsed(kind, changes))
const rows = (matrix: Matrix): number[][] =>
  Array.from({ length: matrix.rows }, (_, i) => [...matrixRow(matrix, i)])
const mean = (values: Iterable<number>): number => {
  const all = [...values]
  return all.reduce((sum, value) => sum + value / all.length, 0)
}

describe.each(Object.keys(generators) as GeneratorKind[])('%s', (kind) => {
  test('has as many finite points as asked for, and a coordinate for each', () => {
    const data = make(kind)
    expect([data.trainInputs.rows, data.trainTargets.rows]).toEqual([12, 12])
    expect([data.testInputs.rows, data.testTargets?.rows]).toEqual([20, 20])
    expect([data.coordinate.train.length, data.coordinate.test.length]).toEqual([12, 20])
    expect(data.testInputs.columns).toBe(data.trainInputs.columns)
    for (const { values, rows: count, columns } of [
      ...[data.trainInputs, data.trainTargets, data.testInputs],
      ...(data.testTargets ? [data.testTargets] : [])
    ]) {
      expect(values.length).toBe(count * columns)
      expect(values.every(Number.isFinite)).toBe(true)
    }
    expect(data.coordinate.train.every(Number.isFinite)).toBe(true)
  })

  test('is the same for the same seed and another for another', () => {
    expect(make(kind)).toEqual(make(kind))
    expect(make(kind, { seed: 4 }).trainInputs).not.toEqual(make(kind).trainInputs)
  })

  test('refuses counts that kernels have no room for', () => {
    expect(() => parsed(kind, { trainCount: 0 })).toThrow()
    expect(() => parsed(kind, { testCount: 5001 })).toThrow()
    expect(() => parsed(kind, { surplus: 1 })).toThrow()
  })
})

test.each(['sphere', 'disc', 'gaussian', 'spirals', 'xor'] as const)(
  '%s: more points keep those that are there, and test points are others',
  (kind) => {
    const [few, many] = [make(kind), make(kind, { trainCount: 30 })]
    expect(rows(many.trainInputs).slice(0, 12)).toEqual(rows(few.trainInputs))
    expect(rows(many.trainTargets).slice(0, 12)).toEqual(rows(few.trainTargets))
    const seen = new Set(rows(many.trainInputs).map(String))
    expect(rows(few.testInputs).some((row) => seen.has(String(row)))).toBe(false)
  }
)

test.each([
  ['sphere', { noise: 0.5 }],
  ['disc', { noise: 0.5 }],
  ['gaussian', { noise: 0.5 }],
  ['step', { noise: 0.5 }]
] as const)('%s: noise is added to training targets alone', (kind, noise) => {
  const many = { trainCount: 4000 }
  const [clean, noisy] = [make(kind, many), make(kind, { ...many, ...noise })]
  expect(noisy.trainInputs).toEqual(clean.trainInputs)
  expect(noisy.testTargets).toEqual(clean.testTargets)
  const added = noisy.trainTargets.values.map((y, i) => y - clean.trainTargets.values[i]!)
  // Standard errors of the mean 0.5/√4000 and of the mean square √2·0.25/√4000.
  expect(Math.abs(mean(added))).toBeLessThan(5 * 0.0079)
  expect(Math.abs(mean(added.map((e) => e * e)) - 0.25)).toBeLessThan(5 * 0.0056)
})

test('sphere: all norms are the radius, directions are uniform', () => {
  const { trainInputs } = make('sphere', { trainCount: 4000 })
  for (const row of rows(trainInputs)) expect(norm(Float64Array.from(row))).toBeCloseTo(2, 13)
  for (let i = 0; i < 5; i++) {
    const column = rows(trainInputs).map((row) => row[i]! / 2)
    // Of a uniform direction in 5 dimensions: E x = 0, E x² = 1/5, E x⁴ = 3/35.
    expect(Math.abs(mean(column))).toBeLessThan(5 * Math.sqrt(0.2 / 4000))
    const deviation = Math.sqrt((3 / 35 - 1 / 25) / 4000)
    expect(Math.abs(mean(column.map((x) => x * x)) - 0.2)).toBeLessThan(5 * deviation)
  }
})

test('sphere in the plane: the target of degree k is √2 cos k(θ − θ₀)', () => {
  const target = { name: 'polynomial', degree: 4 }
  const { coordinate, testTargets } = make('sphere', { dimension: 2, target, testCount: 60 })
  expect(coordinate.label).toBe('angle θ')
  // f² + (f′/4)² = 2 identifies the amplitude; here by the two Fourier sums that fix θ₀.
  const values = testTargets!.values
  const angles = coordinate.test
  const [i, j] = [0, 1]
  const matrix = [
    [Math.cos(4 * angles[i]!), Math.sin(4 * angles[i]!)],
    [Math.cos(4 * angles[j]!), Math.sin(4 * angles[j]!)]
  ] as const
  const determinant = matrix[0][0] * matrix[1][1] - matrix[0][1] * matrix[1][0]
  const a = (values[i]! * matrix[1][1] - matrix[0][1] * values[j]!) / determinant
  const b = (matrix[0][0] * values[j]! - values[i]! * matrix[1][0]) / determinant
  expect(Math.hypot(a, b)).toBeCloseTo(Math.SQRT2, 10)
  values.forEach((y, k) => {
    expect(y).toBeCloseTo(a * Math.cos(4 * angles[k]!) + b * Math.sin(4 * angles[k]!), 10)
  })
})

test('disc: norms are unequal and uniform over the area', () => {
  const { trainInputs, trainTargets } = make('disc', { trainCount: 4000 })
  const squares = rows(trainInputs).map(([x0 = 0, x1 = 0]) => x0 * x0 + x1 * x1)
  expect(Math.min(...squares)).toBeGreaterThanOrEqual(0.25)
  expect(Math.max(...squares)).toBeLessThanOrEqual(4)
  // r² is uniform on [0.25, 4].
  expect(Math.abs(mean(squares) - 2.125)).toBeLessThan((5 * 3.75) / Math.sqrt(12 * 4000))
  const [x0 = 0, x1 = 0] = rows(trainInputs)[7]!
  const target = 4 * x0 * x1 ** 2 - 0.8 * x0 ** 3 + 1.2 * x1 ** 2 - 0.8 * x0 ** 2 * x1
  expect(trainTargets.values[7]).toBeCloseTo(target, 12)
  expect(() => parsed('disc', { innerRadius: 2, outerRadius: 2 })).toThrow('below outerRadius')
})

test('gaussian: every coordinate has the deviation, the target does not depend on it', () => {
  const [wide, narrow] = [
    make('gaussian', { trainCount: 4000 }),
    make('gaussian', { deviation: 1 })
  ]
  const squares = [...wide.trainInputs.values].map((x) => x * x)
  expect(Math.abs(mean(squares) / 9 - 1)).toBeLessThan((5 * Math.SQRT2) / Math.sqrt(16_000))
  expect(wide.testTargets).toEqual(narrow.testTargets)
  const target = { name: 'polynomial', degree: 1 }
  const linear = make('gaussian', { dimension: 1, deviation: 1, target })
  expect(linear.coordinate.label).toBe('input x')
  const sign = Math.sign(linear.testTargets!.values[0]! / linear.testInputs.values[0]!)
  expect([...linear.testTargets!.values]).toEqual(
    [...linear.testInputs.values].map((x) => sign * x)
  )
})

test('spirals: without noise each arm is the other turned by half a turn', () => {
  const { trainInputs, trainTargets, coordinate, classes } = make('spirals', { trainCount: 200 })
  expect(classes?.names).toEqual(['−1', '+1'])
  expect([...classes!.train].filter((label) => label === 1)).toHaveLength(100)
  rows(trainInputs).forEach(([x0 = 0, x1 = 0], i) => {
    const y = trainTargets.values[i]!
    expect(y).toBe(classes!.train[i] === 1 ? 1 : -1)
    const s = Math.abs(coordinate.train[i]!)
    expect(Math.sign(coordinate.train[i]!)).toBe(y)
    expect([x0, x1]).toEqual([
      expect.closeTo(y * s * Math.sin(4 * Math.PI * s), 12),
      expect.closeTo(y * s * Math.cos(4 * Math.PI * s), 12)
    ])
  })
})

test('XOR: without noise the truth table, with noise clouds around it', () => {
  const { trainInputs, trainTargets } = make('xor', { trainCount: 4, noise: 0 })
  const table = rows(trainInputs).map((row, i) => [...row, trainTargets.values[i]])
  expect(new Set(table.map(String))).toEqual(new Set(['-1,-1,-1', '-1,1,1', '1,1,-1', '1,-1,1']))
  const noisy = make('xor', { trainCount: 4000, noise: 0.25 })
  const corners = make('xor', { trainCount: 4000, noise: 0 })
  const squares = noisy.trainInputs.values.map((x, i) => (x - corners.trainInputs.values[i]!) ** 2)
  expect(Math.abs(mean(squares) / 0.0625 - 1)).toBeLessThan((5 * Math.SQRT2) / Math.sqrt(8000))
  expect(noisy.trainTargets).toEqual(corners.trainTargets)
})

test('step: −1 below the threshold, +1 from it on', () => {
  const grid = make('step', { trainFrom: 'grid', trainCount: 4, threshold: 0.25 })
  expect([...grid.trainInputs.values]).toEqual([-0.75, -0.25, 0.25, 0.75])
  expect([...grid.trainTargets.values]).toEqual([-1, -1, 1, 1])
  const drawn = make('step', { trainCount: 500 })
  expect(drawn.trainInputs.values.every((x) => x > -1 && x < 1)).toBe(true)
  drawn.trainInputs.values.forEach((x, i) => {
    expect(drawn.trainTargets.values[i]).toBe(x < 0.3 ? -1 : 1)
  })
})

test('an unknown kind is refused with the kinds that there are', () => {
  expect(datasetSchema.safeParse({ kind: 'moons' }).error?.issues[0]?.message).toBe(
    'data.kind must be one of circle, sphere, disc, gaussian, spirals, xor, step, inline, bundled, stored'
  )
})
