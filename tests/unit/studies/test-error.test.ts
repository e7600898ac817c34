import { expect, test } from 'vitest'
import { makeDataset, matrixFromRows } from '@shared/design/dataset'
import { filterRatio, largestFilterRatio } from '@shared/studies/filter-ratio'
import { squaredError, testError } from '@shared/studies/test-error'

const data = makeDataset({
  kind: 'circle',
  trainFrom: 'grid',
  trainCount: 3,
  testCount: 4,
  seed: 0
})
const targets = (rows: number[][]) => ({ ...data, testTargets: matrixFromRows(rows, 'targets') })
const classes = {
  names: ['a', 'b'],
  train: Int32Array.of(0, 1, 1),
  test: Int32Array.of(0, 1, 0, 1)
}

test('the error of numbers is the share of their variance', () => {
  const numbers = targets([[1], [-1], [1], [-1]])
  const { of, sameDecisions } = testError(numbers)
  expect(of(Float64Array.of(1, -1, 1, -1))).toBe(0)
  expect(of(new Float64Array(4))).toBe(1)
  expect(of(Float32Array.of(2, -1, 1, -1))).toBe(0.25)
  expect(squaredError(Float64Array.of(3, -1, 1, -1), numbers.testTargets)).toBe(1)
  expect(sameDecisions).toBeNull()
})

test('the error of classes is the share of wrong ones, by sign or by the largest output', () => {
  const bySign = testError({ ...targets([[-1], [1], [-1], [1]]), classes })
  expect(bySign.of(Float64Array.of(-5, 0.1, 2, 3))).toBe(0.25)
  const one = [1, 0]
  const two = [0, 1]
  const byLargest = testError({ ...targets([one, two, one, two]), classes })
  expect(byLargest.of(Float64Array.of(2, 1, 3, 4, 0, 1, 0, 1))).toBe(0.25)
  expect(
    byLargest.sameDecisions?.(
      Float64Array.of(1, 0, 1, 0, 1, 0, 1, 0),
      Float64Array.of(1, 0, 0, 1, 0, 1, 0, 1)
    )
  ).toBe(0.25)
})

test('flow learns at most 1.2984 times what ridge learns of a component', () => {
  const most = largestFilterRatio()
  expect(most).toBeCloseTo(1.2984, 4)
  for (let x = 1e-6; x < 1e6; x *= 1.1) {
    expect(filterRatio(x)).toBeLessThanOrEqual(most)
    expect(filterRatio(x)).toBeGreaterThan(1 - 1e-12)
  }
})
