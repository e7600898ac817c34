import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  angleFromAnchor,
  angleOfAnchor,
  complementOfAnchor,
  nearestAnchor,
  supplementOfAnchor
} from '@shared/theory/kernels/half-plane-angle'

/** |got − wanted| in units in the last place of `wanted`. */
function unitsInLastPlace(got: number, wanted: number): number {
  if (got === wanted) return 0
  return Math.abs(got - wanted) / (Math.abs(wanted) * Number.EPSILON)
}

function expectAngles(y: number, x: number): void {
  const anchor = nearestAnchor(y, x)
  const offset = angleFromAnchor(y, x, anchor)
  expect(unitsInLastPlace(angleOfAnchor[anchor]! + offset, Math.atan2(y, x))).toBeLessThan(2)
  expect(unitsInLastPlace(complementOfAnchor[anchor]! - offset, Math.atan2(x, y))).toBeLessThan(2)
  expect(unitsInLastPlace(supplementOfAnchor[anchor]! - offset, Math.atan2(y, -x))).toBeLessThan(2)
}

test('the angle, its complement and its supplement are within 2 ulp, however small', () => {
  const positive = fc.double({ min: 1e-150, max: 1e150, noNaN: true })
  fc.assert(
    fc.property(positive, positive, fc.boolean(), (y, x, left) => {
      expectAngles(y, left ? -x : x)
    }),
    { numRuns: 3000, seed: 1 }
  )
  for (let k = 0; k <= 4000; k++)
    expectAngles(Math.sin((k * Math.PI) / 4000), Math.cos((k * Math.PI) / 4000))
})

test.each([
  [0, 1, 0, Math.PI / 2, Math.PI],
  [0, -1, Math.PI, -Math.PI / 2, 0],
  [1, 0, Math.PI / 2, 0, Math.PI / 2]
])('exact on the axes: y = %d, x = %d', (y, x, angle, complement, supplement) => {
  const anchor = nearestAnchor(y, x)
  const offset = angleFromAnchor(y, x, anchor)
  expect(angleOfAnchor[anchor]! + offset).toBe(angle)
  expect(complementOfAnchor[anchor]! - offset).toBe(complement)
  expect(supplementOfAnchor[anchor]! - offset).toBe(supplement)
})
