import { describe, expect, test } from 'vitest'
import {
  drawnDirection,
  hermite,
  sphericalHarmonic
} from '@shared/design/datasets/targets/polynomial'
import { teacherFunction } from '@shared/design/datasets/targets/teacher'
import { norm } from '@shared/design/matrix'

/** ∫ f over [−1, 1] by the midpoint rule in t = sin u, which takes care of (1 − t²)^(1/2) and above. */
function integral(f: (t: number) => number): number {
  const cells = 4000
  let sum = 0
  for (let i = 0; i < cells; i++) {
    const u = (Math.PI * (i + 0.5)) / cells - Math.PI / 2
    sum += f(Math.sin(u)) * Math.cos(u)
  }
  return (sum * Math.PI) / cells
}

describe('spherical harmonics', () => {
  test('in three dimensions are √(2k+1) times the Legendre polynomials', () => {
    for (const t of [-1, -0.3, 0, 0.8, 1]) {
      expect(sphericalHarmonic(1, 3, t)).toBeCloseTo(Math.sqrt(3) * t, 14)
      expect(sphericalHarmonic(2, 3, t)).toBeCloseTo((Math.sqrt(5) * (3 * t * t - 1)) / 2, 13)
      expect(sphericalHarmonic(3, 3, t)).toBeCloseTo((Math.sqrt(7) * (5 * t ** 3 - 3 * t)) / 2, 13)
    }
  })

  test('in the plane are √2 cos kθ', () => {
    for (const angle of [0, 0.4, 2, 3]) {
      expect(sphericalHarmonic(5, 2, Math.cos(angle))).toBeCloseTo(
        Math.SQRT2 * Math.cos(5 * angle),
        12
      )
    }
  })

  test.each([3, 4, 7, 20])(
    'of different degrees are orthonormal on the sphere in %i',
    (dimension) => {
      const density = (t: number): number => (1 - t * t) ** ((dimension - 3) / 2)
      const total = integral(density)
      for (const [j, k] of [
        [1, 1],
        [3, 3],
        [6, 6],
        [1, 3],
        [2, 4],
        [3, 4]
      ] as const) {
        const product = integral(
          (t) =>
            density(t) * sphericalHarmonic(j, dimension, t) * sphericalHarmonic(k, dimension, t)
        )
        expect(product / total).toBeCloseTo(j === k ? 1 : 0, 5)
      }
    }
  )

  test('of high degree in many dimensions stay finite', () => {
    expect(Number.isFinite(sphericalHarmonic(20, 1000, 0.05))).toBe(true)
  })
})

test('Hermite polynomials by their explicit forms', () => {
  for (const t of [-2, -0.5, 0, 1, 3]) {
    expect(hermite(1, t)).toBe(t)
    expect(hermite(2, t)).toBeCloseTo((t * t - 1) / Math.SQRT2, 13)
    expect(hermite(3, t)).toBeCloseTo((t ** 3 - 3 * t) / Math.sqrt(6), 13)
    expect(hermite(4, t)).toBeCloseTo((t ** 4 - 6 * t * t + 3) / Math.sqrt(24), 12)
  }
})

test('a drawn direction has norm 1 and depends on the seed', () => {
  expect(norm(drawnDirection(1, 9))).toBeCloseTo(1, 14)
  expect(drawnDirection(1, 9)).not.toEqual(drawnDirection(2, 9))
})

test('a teacher has mean square E φ² over seeds, as one of infinite width', () => {
  const point = Float64Array.of(0.6, 0, -0.8)
  const meanSquare = (name: 'sign' | 'identity', width: number): number => {
    let sum = 0
    for (let seed = 0; seed < 3000; seed++) {
      sum +=
        teacherFunction(
          { name: 'teacher', width, activation: { name, theta: 0 } },
          3,
          seed
        )(point) ** 2
    }
    return sum / 3000
  }
  // Of sign: f ~ N(0, 1) nearly, so f² has deviation √2; of identity at width 1, f² = a²u², √8.
  expect(Math.abs(meanSquare('sign', 50) - 1)).toBeLessThan((5 * Math.SQRT2) / Math.sqrt(3000))
  expect(Math.abs(meanSquare('identity', 1) - 1)).toBeLessThan((5 * Math.sqrt(8)) / Math.sqrt(3000))
})
