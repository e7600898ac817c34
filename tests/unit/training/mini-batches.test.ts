import { expect, test } from 'vitest'
import { MiniBatches } from '../../../src-main/engine/training/mini-batches'

test('every point comes once an epoch, batches may straddle two', () => {
  const batches = new MiniBatches(10, 4, 5)
  const indices = [...batches.indices(0, 5)]
  const sorted = (from: number, to: number) => indices.slice(from, to).sort((a, b) => a - b)
  expect(sorted(0, 10)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  expect(sorted(10, 20)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  expect(indices.slice(0, 10)).not.toEqual(indices.slice(10, 20))
})

test('batches depend on the seed and the step alone', () => {
  const all = new MiniBatches(7, 3, 1).indices(0, 20)
  const later = new MiniBatches(7, 3, 1)
  expect(later.indices(11, 4)).toEqual(all.subarray(33, 45))
  expect(later.indices(2, 3)).toEqual(all.subarray(6, 15))
  expect(new MiniBatches(7, 3, 2).indices(0, 20)).not.toEqual(all)
})
