import { expect, test } from 'vitest'
import { IntervalTable } from '@shared/theory/kernels/interval-table'
import { BATCH } from '@shared/theory/kernels/pair-batch'

const spread = Float64Array.from({ length: 4000 }, (_, i) => 2 ** (i / 50 - 40))

function filled(f: (q: number) => number, at: Float64Array): { out: Float64Array; calls: number } {
  let calls = 0
  const table = new IntervalTable((q) => {
    calls++
    return f(q)
  })
  const out = new Float64Array(at.length)
  for (let from = 0; from < at.length; from += BATCH) {
    const part = at.subarray(from, from + BATCH)
    table.fill(part, part.length, out.subarray(from))
  }
  return { out, calls }
}

test.each<[string, (q: number) => number]>([
  ['q^−½', (q) => q ** -0.5],
  ['log(1 + 1/q)', (q) => Math.log1p(1 / q)],
  ['1/(1 + q)', (q) => 1 / (1 + q)],
  ['a constant', () => 3]
])('%s to rounding at all scales', (_name, f) => {
  const { out } = filled(f, spread)
  out.forEach((value, i) => {
    expect(Math.abs(value / f(spread[i]!) - 1)).toBeLessThan(2e-15)
  })
})

test('a tabulated function is not asked again', () => {
  const near = Float64Array.from({ length: 1000 }, (_, i) => 1 + i / 4000)
  expect(filled((q) => Math.exp(-q), near).calls).toBeLessThan(50)
})

test('what is not smooth enough is left to the function itself', () => {
  // The kink at 1.1 is inside an interval; exp(−1/q) loses its relative accuracy where it dies out.
  for (const f of [(q: number) => 1 + Math.abs(q - 1.1), (q: number) => Math.exp(-1 / q)]) {
    const { out } = filled(f, spread)
    out.forEach((value, i) => {
      const wanted = f(spread[i]!)
      expect(Math.abs(value - wanted)).toBeLessThanOrEqual(4e-15 * wanted)
    })
  }
})

test('zero, subnormal and infinite arguments', () => {
  const { out } = filled((q) => 1 / (1 + q), Float64Array.of(0, 5e-324, Infinity, NaN))
  expect([...out]).toEqual([1, 1, 0, NaN])
})
