import { expect, test } from 'vitest'
import { meanEstimate } from '@shared/studies/mean-estimate'
import { orientation } from '@shared/studies/orientation'

const right = Float64Array.of(1, 2, 3)
const wrong = Float64Array.of(3, 2, 0)

test('a kernel is placed between the two', () => {
  expect(orientation(right, right, wrong)).toBeCloseTo(1, 12)
  expect(orientation(wrong, right, wrong)).toBeCloseTo(-1, 12)
  expect(
    orientation(
      right.map((value, i) => (value + (wrong[i] ?? 0)) / 2),
      right,
      wrong
    )
  ).toBe(0)
  // What is orthogonal to their difference does not count.
  expect(orientation(Float64Array.of(1, 50, 3), right, wrong)).toBeCloseTo(1, 12)
})

test('a mean has the standard error of its draws', () => {
  expect(meanEstimate([1, 2, 3, 4])).toEqual({
    value: 2.5,
    standardError: Math.sqrt(5 / 3 / 4)
  })
})
