import { describe, expect, it } from 'vitest'
import { axisScale } from '@shared/figures/axis-scale'
import { axisSchema, type AxisInput } from '@shared/figures/plot'

const scaleOf = (axis: Omit<AxisInput, 'label'>, data: number[], wanted = 6) =>
  axisScale(axisSchema.parse({ label: 'x', ...axis }), [data], wanted)
const marks = ({ ticks }: ReturnType<typeof axisScale>) => ticks.values.map(ticks.label)

describe('an axis', () => {
  it.each([
    ['linear', [-3, 4], [-2.5, 0, 1e-3]],
    ['log', [0.02, 500], [0.02, 1, 499]],
    ['asinh', [-300, 4000], [-299, -0.01, 0, 12, 3999]]
  ] as const)('of scale %s takes positions back to values', (scale, data, values) => {
    const { position, value } = scaleOf({ scale }, [...data])
    for (const one of values) expect(value(position(one))).toBeCloseTo(one, 9)
  })

  it('ends where its data do, at round numbers, or where it is told to', () => {
    const ends = (axis: Omit<AxisInput, 'label'>) => {
      const { min, max } = scaleOf(axis, [0.13, 0.87]).ticks
      return [min, max]
    }
    expect(ends({})).toEqual([0, 1])
    expect(ends({ fit: 'tight' })).toEqual([0.13, 0.87])
    expect(ends({ range: [0.2, 0.7] })).toEqual([0.2, 0.7])
  })

  it('marks nothing outside its range', () => {
    for (const scale of ['linear', 'log', 'asinh'] as const) {
      const { ticks } = scaleOf({ scale, range: [0.3, 40] }, [0.001, 1e6])
      expect(ticks.values.length).toBeGreaterThan(1)
      for (const at of ticks.values) {
        expect(at).toBeGreaterThanOrEqual(ticks.min)
        expect(at).toBeLessThanOrEqual(ticks.max)
      }
    }
  })

  it('of scale asinh marks 0 and powers of ten of both signs, as many as wanted', () => {
    const values = [-2000, 2000]
    expect(marks(scaleOf({ scale: 'asinh', linearWidth: 1 }, values, 9))).toEqual([
      ...['−1000', '−100', '−10', '−1', '0', '1', '10', '100', '1000']
    ])
    expect(marks(scaleOf({ scale: 'asinh', linearWidth: 1 }, values, 5))).toEqual([
      ...['−1000', '−10', '0', '10', '1000']
    ])
  })

  it('of scale log gives numbers that are not above 0 no position, or 0 one of its own', () => {
    const plain = scaleOf({ scale: 'log' }, [0, 1, 100])
    expect([plain.apart, plain.position(0), plain.position(-1)]).toEqual([null, NaN, NaN])
    const apart = scaleOf({ scale: 'log', zeroApart: true }, [0, 1, 100])
    expect(apart.position(0)).toBeLessThan(apart.position(1))
    expect(apart.value(apart.position(0))).toBe(0)
    expect(marks(apart)[0]).toBe('0')
    expect(scaleOf({ scale: 'log', zeroApart: true }, [1, 100]).apart).toBeNull()
  })

  it('names categories', () => {
    expect(marks(scaleOf({ categories: ['cat', 'dog'] }, []))).toEqual(['cat', 'dog'])
  })

  it('has an axis for data without a finite number', () => {
    for (const scale of ['linear', 'log', 'asinh'] as const) {
      const { ticks } = scaleOf({ scale }, [NaN, Infinity])
      expect(ticks.max).toBeGreaterThan(ticks.min)
    }
  })
})
