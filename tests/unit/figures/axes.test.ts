import { describe, expect, it } from 'vitest'
import { angleTicks, logarithmicTicks, roundTicks } from '@shared/figures/axes'
import { formatCount, formatNumber } from '@shared/figures/numbers'

const labels = ({ values, label }: ReturnType<typeof roundTicks>) => values.map(label)

describe('axes', () => {
  it('marks angles of a turn at multiples of π/2', () => {
    const ticks = angleTicks()
    expect([ticks.min, ticks.max]).toEqual([-Math.PI, Math.PI])
    expect(labels(ticks)).toEqual(['−π', '−π/2', '0', 'π/2', 'π'])
    expect(labels(angleTicks(3))).toEqual(['−π', '0', 'π'])
  })

  it('marks anything else at round values', () => {
    expect(labels(roundTicks(0, 99))).toEqual(['0', '20', '40', '60', '80', '100'])
    expect(labels(roundTicks(-0.31, 0.42))).toEqual(['−0.4', '−0.2', '0', '0.2', '0.4', '0.6'])
  })

  it('has room around a single value', () => {
    const { min, max } = roundTicks(2, 2)
    expect(min).toBeLessThan(2)
    expect(max).toBeGreaterThan(2)
  })

  it('marks decades, fractions of decades or round values, as the range asks', () => {
    const inside = (low: number, high: number) => {
      const ticks = logarithmicTicks(low, high)
      return ticks.values.filter((v) => v >= ticks.min && v <= ticks.max).map(ticks.label)
    }
    expect(inside(1e-5, 1e3)).toEqual([
      '10⁻⁵',
      '10⁻⁴',
      '10⁻³',
      '0.01',
      '0.1',
      '1',
      '10',
      '100',
      '1000'
    ])
    expect(inside(0.3, 12)).toEqual(['0.5', '1', '2', '5', '10'])
    expect(inside(3, 3.5)).toEqual(['3', '3.1', '3.2', '3.3', '3.4', '3.5'])
  })
})

describe('numbers for people', () => {
  it.each([
    [0, '0'],
    [1.0449, '1.04'],
    [-0.03122, '−0.0312'],
    [123456, '1.23 × 10⁵'],
    [99999, '99999'],
    [1234.4, '1234'],
    [4.2e-7, '4.20 × 10⁻⁷'],
    [Infinity, '∞'],
    [NaN, '–']
  ])('writes %s as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text)
  })

  it('groups long counts', () => {
    expect([formatCount(30000), formatCount(3000)]).toEqual(['30\u202f000', '3000'])
  })
})
