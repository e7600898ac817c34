import { expect, test } from 'vitest'
import { optimiserSchema } from '@shared/design/optimiser'
import { blockBytes, blockSize } from '../../../src-main/engine/training/cost'

function ensemble(members: number, kind = 'gd', sizes = [2, 500, 500, 1]) {
  const optimiser = optimiserSchema.parse({ kind })
  return { sizes, members, trainPoints: 15, testPoints: 100, optimiser }
}

const free = (memoryBytes: number) => ({ memoryBytes, isCached: false })

test.each(['gd', 'momentum', 'adam'])(
  'blocks stay within the memory they are given, and are never empty: %s',
  (kind) => {
    const shape = ensemble(1000, kind)
    const most = blockBytes(shape, 10)
    expect(blockSize(shape, free(most + 1))).toBe(10)
    expect(blockSize(shape, free(most - 1))).toBe(9)
    expect(blockSize(shape, free(1))).toBe(1)
  }
)

test('an optimiser that keeps more needs more', () => {
  const bytes = ['gd', 'momentum', 'adam'].map((kind) => blockBytes(ensemble(10, kind), 10))
  expect(bytes).toEqual([...bytes].sort((a, b) => a - b))
  expect(new Set(bytes).size).toBe(3)
})

test('blocks are of nearly equal size, and whole ensembles where they fit', () => {
  const shape = ensemble(12)
  expect(blockSize(shape, free(blockBytes(shape, 11)))).toBe(6)
  expect(blockSize(ensemble(12, 'gd', [2, 10, 1]))).toBe(12)
})

test('on a processor a block stays in its cache', () => {
  const cached = blockSize(ensemble(1000))
  expect(cached).toBeLessThan(blockSize(ensemble(1000), free(2 ** 33)))
  expect(cached).toBeGreaterThan(1)
})
