import { expect, test } from 'vitest'
import { localExponent, richardson } from '@shared/studies/extrapolation'

test('removes corrections that fall as 1/m, and says how much it added', () => {
  const f = (m: number): number => 3 + 5 / m + 2 / (m * m)
  const { value, error } = richardson(f(100), f(1000), 10)
  expect(Math.abs(value - 3)).toBeLessThan(1e-4)
  expect(error).toBeCloseTo(Math.abs(f(1000) - 3), 4)
})

test('finds the exponent of a power', () => {
  expect(localExponent(7 * 10 ** 2.5, 7 * 100 ** 2.5, 10)).toBeCloseTo(2.5, 12)
})
