import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { numberElementwise as numbers } from '@shared/design/number-elementwise'
import {
  surrogateDefinition,
  surrogateMath,
  surrogates,
  surrogateSchema,
  type Surrogate,
  type SurrogateName
} from '@shared/design/surrogate'
import { adaptiveIntegral, adaptiveMean } from '../support/adaptive-quadrature'
import { arbitraryStated } from '../support/arbitrary-functions'
import { statedMeans } from '../support/stated-means'

const names = Object.keys(surrogates) as SurrogateName[]
const drawn = (name: SurrogateName) =>
  arbitraryStated(surrogateDefinition(name).schema as z.ZodObject) as fc.Arbitrary<Surrogate>
const valueOf = (stated: Surrogate) => {
  const { evaluate } = surrogateMath(stated)
  return (z: number) => evaluate(numbers, z)
}
const means = fc.constantFrom(-2.6, -0.8, -0.31, 0, 0.4, 1.1, 3)
const deviations = fc.constantFrom(0.02, 0.15, 0.6, 1, 2.3, 9)
const few = { numRuns: 40 }

const close = (got: number, wanted: number, tolerance: number, floor = 0) => {
  const error = Math.abs(got - wanted) / (Math.abs(wanted) + floor)
  if (!(error <= tolerance)) {
    expect.fail(`${got} is off ${wanted} by ${error} relative, more than ${tolerance}`)
  }
}

describe.each(names)('%s', (name) => {
  test('E ψ(μ + σZ) by closed form or graded panels is that of adaptive quadrature', () => {
    fc.assert(
      fc.property(drawn(name), means, deviations, (stated, mean, deviation) => {
        const { gaussianMean, breaks } = surrogateMath(stated)
        const slow = adaptiveMean(valueOf(stated), mean, deviation, { cuts: breaks })
        // Values far below the peak have few digits in either route.
        close(gaussianMean(mean, deviation), slow, 1e-11, 1e-4)
      }),
      few
    )
  })

  test('M(s) is what its formula states', () => {
    const { meanFormula } = surrogateDefinition(name)
    const byFormula = statedMeans[name]
    expect(byFormula === undefined).toBe(meanFormula === null)
    if (!byFormula) return
    fc.assert(
      fc.property(drawn(name), deviations, (stated, s) => {
        const centred = surrogateSchema.parse({ ...stated, theta: 0 })
        const wanted = byFormula(centred as never, s)
        close(surrogateMath(centred).gaussianMean(0, s), wanted, 1e-11)
      }),
      few
    )
  })

  test('the area is the integral, or grows without bound', () => {
    fc.assert(
      fc.property(drawn(name), (stated) => {
        const { area, breaks } = surrogateMath(stated)
        const cuts = breaks.map(Math.asinh)
        const psi = valueOf(stated)
        if (area === Infinity) {
          const upTo = (reach: number) =>
            adaptiveIntegral(
              (t) => psi(Math.sinh(t)) * Math.cosh(t),
              -Math.asinh(reach),
              Math.asinh(reach),
              { tolerance: 1e-6 }
            )
          expect(upTo(1e12) - upTo(1e6)).toBeGreaterThan(0.9 * (upTo(1e6) - upTo(1)) * 0.5)
        } else {
          const onLine = (t: number) => psi(Math.sinh(t)) * Math.cosh(t)
          close(
            adaptiveIntegral(onLine, -120, 120, { tolerance: 1e-12, pieces: 400, cuts }),
            area,
            1e-9
          )
        }
      }),
      { numRuns: 20 }
    )
  })

  test('ψ(0), evenness and the shift by θ are as stated', () => {
    fc.assert(
      fc.property(drawn(name), means, deviations, (stated, z, deviation) => {
        const math = surrogateMath(stated)
        const centred = surrogateMath(surrogateSchema.parse({ ...stated, theta: 0 }))
        const value = (x: number) => math.evaluate(numbers, x)
        expect(math.valueAtZero).toBe(value(0))
        const theta = stated.theta
        close(value(z + theta), centred.evaluate(numbers, z + theta - theta), 1e-12, 1e-12)
        close(
          math.gaussianMean(z + theta, deviation),
          centred.gaussianMean(z + theta - theta, deviation),
          1e-12,
          1e-12
        )
        if (math.isEven) expect(value(-z)).toBe(value(z))
        if (theta !== 0 && name !== 'ste') expect(math.isEven).toBe(false)
      }),
      few
    )
  })

  test('every factor on it is a factor of its mean and area', () => {
    fc.assert(
      fc.property(drawn(name), means, deviations, (stated, mean, deviation) => {
        const key = 'amp' in stated ? 'amp' : 'alpha'
        const height = (stated as unknown as Record<string, number>)[key]!
        const once = surrogateMath(stated)
        const thrice = surrogateMath(surrogateSchema.parse({ ...stated, [key]: 3 * height }))
        const before = once.gaussianMean(mean, deviation)
        close(thrice.gaussianMean(mean, deviation), 3 * before, 1e-13, 1e-300)
        expect(thrice.area / 3).toBeCloseTo(once.area, 12)
        expect(thrice.valueAtZero).toBeCloseTo(3 * once.valueAtZero, 12)
      }),
      few
    )
  })

  test('narrow and wide: M(s) → ψ(0±) and, for a finite area, M(s) → area/(s√(2π))', () => {
    fc.assert(
      fc.property(drawn(name), (stated) => {
        const math = surrogateMath(stated)
        const beside = (valueOf(stated)(1e-7) + valueOf(stated)(-1e-7)) / 2
        close(math.gaussianMean(0, 1e-9), beside, 1e-5, 1)
        if (math.area === Infinity) return
        const s = 1e9
        const share = (math.gaussianMean(0, s) * s * Math.sqrt(2 * Math.PI)) / math.area
        expect(share).toBeLessThan(1 + 1e-9)
        expect(share).toBeGreaterThan(0.99)
      }),
      few
    )
  })

  test('is finite whatever the mean and deviation', () => {
    fc.assert(
      fc.property(
        drawn(name),
        fc.constantFrom(0, 1e-300, 1, -1e8, 1e150),
        fc.constantFrom(0, 1e-300, 1e-160, 1e-8, 1e8, 1e150),
        (stated, mean, deviation) => {
          const value = surrogateMath(stated).gaussianMean(mean, deviation)
          expect(Number.isFinite(value)).toBe(true)
        }
      ),
      few
    )
  })
})
