import { expect, test } from 'vitest'
import { labelTargets } from '@shared/design/labels'
import { matrixFromRows } from '@shared/design/dataset'
import { networkDesignSchema, type NetworkDesign } from '@shared/design/network'
import { decisions, finitePredictor } from '@shared/theory/classification'
import { finish } from '@shared/theory/stepwise'
import { javascriptLinearAlgebra } from '../../../src-main/engine/float64/javascript-linear-algebra'

const design = (changes: object): NetworkDesign =>
  networkDesignSchema.parse({
    depthHidden: 2,
    activation: { name: 'sign', theta: 0.7 },
    sigmaW: 1.3,
    sigmaB: 0.4,
    ...changes
  })
const erfPrime = (theta: number) => ({ name: 'erf_prime', m: 1, amp: 1, theta }) as const

// The growth of the diagonal, in closed form, against the kernels of ever larger m: O(1/m) apart.
test.each([
  ['a threshold, true derivative', design({}), null],
  ['a threshold, surrogate', design({}), erfPrime(0.7)],
  [
    'erf forward and backward',
    design({ activation: { name: 'erf', m: 1, theta: 0.7 } }),
    erfPrime(0.7)
  ],
  [
    'layers that differ, one with a surrogate',
    design({
      outputScale: 0.3,
      layers: [
        { sigmaW: 2, sigmaB: 0 },
        { activation: { name: 'sign' }, surrogate: erfPrime(0), sigmaB: 0.9 },
        { sigmaW: 0.6 }
      ]
    }),
    null
  ]
])('the diagonal grows as stated: %s', (_what, network, surrogate) => {
  const points = matrixFromRows(
    [
      [1, 0.2],
      [-0.4, 2],
      [0.1, -0.3]
    ],
    'X'
  )
  const targets = matrixFromRows([[1], [-1], [1]], 'y')
  const task = { design: network, surrogate, train: points, targets, test: points }
  const errorAt = (m: number) =>
    Math.max(
      ...finish(finitePredictor(task, m, javascriptLinearAlgebra)).diagonalRatio.map((ratio) =>
        Math.abs(ratio - 1)
      )
    )
  expect(errorAt(1e5)).toBeLessThan(1e-3)
  expect(errorAt(1e7)).toBeLessThan(1e-5)
})

test('labels become ±1, or one-hot columns in rising order', () => {
  expect(labelTargets([1, -1, 1])).toEqual({
    targets: { values: Float64Array.of(1, -1, 1), rows: 3, columns: 1 },
    classes: null
  })
  const { targets, classes } = labelTargets(['b', 10, 'a', 9, 'b'])
  expect(classes).toEqual([9, 10, 'a', 'b'])
  expect([...targets.values]).toEqual([0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1])
  expect(
    labelTargets(
      [
        [0, 1],
        [1, 0]
      ].map((row) => row)
    ).classes
  ).toEqual([0, 1])
  expect(() => labelTargets([[0, 1], [1]])).toThrow('ytrain[1] has 1 entries')
})

test('decides by sign or by the largest, infinities included', () => {
  expect(decisions(matrixFromRows([[2], [-Infinity], [0]], 's'))).toEqual([1, -1, 0])
  const scores = matrixFromRows(
    [
      [-3, -1, -2],
      [1, 2, Infinity]
    ],
    's'
  )
  expect(decisions(scores)).toEqual([1, 2])
})
