import { describe, expect, test } from 'vitest'
import { about, finding, Z_LIMIT } from '@shared/studies/finding'

const stated = { id: 'a', label: 'a', value: 1 }
const range = { low: 2, high: 3, reason: 'theory' }

describe('a finding', () => {
  test('without an expectation is only measured', () => {
    expect(finding(stated)).toMatchObject({ verdict: 'measured', z: null, unit: '' })
  })

  test('that is computed agrees inside its range alone', () => {
    expect(finding({ ...stated, expectation: range }).verdict).toBe('disagrees')
    expect(finding({ ...stated, value: 2.5, expectation: range }).verdict).toBe('agrees')
    expect(finding({ ...stated, expectation: about(1.5, 0.5, '') }).verdict).toBe('agrees')
    expect(finding({ ...stated, expectation: { ...range, low: null } }).verdict).toBe('agrees')
  })

  test('with a standard error agrees within so many of them, from either side', () => {
    const error = 1 / Z_LIMIT
    const below = finding({ ...stated, standardError: error * 1.001, expectation: range })
    expect(below.verdict).toBe('agrees')
    expect(below.z).toBeCloseTo(Z_LIMIT / 1.001)
    const above = { ...stated, value: 4, expectation: range }
    expect(finding({ ...above, standardError: error * 1.001 }).verdict).toBe('agrees')
    expect(finding({ ...above, standardError: error * 0.999 }).verdict).toBe('disagrees')
    const exact = finding({ ...stated, value: 2, standardError: 0, expectation: range })
    expect(exact).toMatchObject({ z: 0, verdict: 'agrees' })
  })

  test('with an interval alone agrees where the interval reaches what is expected', () => {
    const within = (interval: [number, number]) =>
      finding({ ...stated, interval, expectation: range }).verdict
    expect(within([0, 1.9])).toBe('disagrees')
    expect(within([0, 2.1])).toBe('agrees')
    expect(within([3.1, 4])).toBe('disagrees')
  })

  test('that is no number disagrees', () => {
    expect(finding({ ...stated, value: NaN, expectation: range }).verdict).toBe('disagrees')
  })
})
