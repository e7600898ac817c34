import { expect, test } from 'vitest'
import { optimiserSchema } from '@shared/design/optimiser'
import { delayedCycle } from '../../../src-main/engine/training/delayed-cycle'

function cycle(sizes: number[], trainPoints: number, kind = 'gd') {
  return delayedCycle({ sizes, trainPoints, optimiser: optimiserSchema.parse({ kind }) })
}

test('only layers wide beside the points of a cycle wait for its end', () => {
  const { length, isDelayed } = cycle([2, 500, 500, 1], 15)
  expect(length).toBeGreaterThan(1)
  expect(isDelayed({ inputs: 500, outputs: 500 })).toBe(true)
  expect(isDelayed({ inputs: 2, outputs: 500 })).toBe(false)
  expect(isDelayed({ inputs: 500, outputs: 1 })).toBe(false)
  expect(isDelayed({ inputs: 4 * 15 * length, outputs: 4 * 15 * length })).toBe(true)
  expect(isDelayed({ inputs: 4 * 15 * length - 1, outputs: 500 })).toBe(false)
})

test('networks without such a layer, and other optimisers, take single steps', () => {
  expect(cycle([2, 100, 100, 1], 15).length).toBe(1)
  expect(cycle([2, 500, 1], 15).length).toBe(1)
  expect(cycle([2, 500, 500, 1], 100).length).toBe(1)
  for (const kind of ['momentum', 'adam']) {
    expect(cycle([2, 500, 500, 1], 15, kind).length).toBe(1)
  }
})
