import { expect, test } from 'vitest'
import { blockSize, memberBytes } from '../../../src-main/engine/training/cost'

const sizes = [2, 500, 500, 1]

test('blocks stay within the memory they are given, and never below one network', () => {
  const limits = (memoryBytes: number) => ({ memoryBytes, isCached: false })
  const bytes = memberBytes(sizes, 15)
  expect(blockSize(sizes, 15, 1000, limits(10.5 * bytes))).toBe(10)
  expect(blockSize(sizes, 15, 1000, limits(1))).toBe(1)
  expect(memberBytes(sizes, 15, 2)).toBeGreaterThan(1.5 * bytes)
})

test('blocks are of nearly equal size, and whole ensembles where they fit', () => {
  const limits = { memoryBytes: 10.5 * memberBytes(sizes, 15), isCached: false }
  expect(blockSize(sizes, 15, 12, limits)).toBe(6)
  expect(blockSize([2, 10, 1], 15, 12)).toBe(12)
})

test('on a processor a block stays in its cache', () => {
  const cached = blockSize(sizes, 15, 1000)
  const free = blockSize(sizes, 15, 1000, { memoryBytes: 2 ** 40, isCached: false })
  expect(cached).toBeLessThan(free)
  expect(cached).toBeGreaterThan(1)
})
