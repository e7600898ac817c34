import { expect, test } from 'vitest'
import { philox4x32 } from '@shared/random/philox'
import { sampleWithoutReplacement } from '@shared/random/sampling'
import { fillStandardNormal, streamPurpose } from '@shared/random/stream'

const hex = (words: Uint32Array) => [...words].map((w) => w.toString(16).padStart(8, '0')).join(' ')

/** Known answers published with Random123 (kat_vectors, philox4x32 10). */
test.each([
  [[0, 0, 0, 0], [0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    '408f276d 41c83b0e a20bc7c6 6d5451fd'
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    'd16cfe09 94fdcceb 5001e420 24126ea1'
  ]
] as [[number, number, number, number], [number, number], string][])(
  'philox4x32-10 of %j',
  (counter, key, expected) => {
    const out = new Uint32Array(4)
    philox4x32(counter, key, out)
    expect(hex(out)).toBe(expected)
  }
)

test('standard normal: moments, and independence of address', () => {
  const draw = (member: number, layer = 0) => {
    const out = new Float32Array(200_001)
    fillStandardNormal({ seed: 7, purpose: streamPurpose.weights, member, layer, width: 50 }, out)
    return out
  }
  const x = draw(0)
  const y = draw(1)
  const mean = (f: (i: number) => number) => x.reduce((sum, _, i) => sum + f(i), 0) / x.length
  // Standard errors: 1/√n, √2/√n, √96/√n, 1/√n with √n = 447.
  expect(Math.abs(mean((i) => x[i]!))).toBeLessThan(5 / 447)
  expect(Math.abs(mean((i) => x[i]! ** 2) - 1)).toBeLessThan((5 * Math.SQRT2) / 447)
  expect(Math.abs(mean((i) => x[i]! ** 4) - 3)).toBeLessThan((5 * Math.sqrt(96)) / 447)
  expect(Math.abs(mean((i) => x[i]! * y[i]!))).toBeLessThan(5 / 447)
  expect(x.every(Number.isFinite)).toBe(true)
  expect(draw(0)).toEqual(x)
  expect(draw(0, 1)[0]).not.toBe(x[0])
})

test('sampling without replacement: different indices, seeded, every index possible', () => {
  const chosen = sampleWithoutReplacement(100, 15, 3)
  expect(new Set(chosen).size).toBe(15)
  expect(sampleWithoutReplacement(100, 15, 3)).toEqual(chosen)
  expect(sampleWithoutReplacement(100, 15, 4)).not.toEqual(chosen)
  const seen = new Set(
    Array.from({ length: 200 }, (_, s) => sampleWithoutReplacement(10, 2, s)).flat()
  )
  expect([...seen].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})
