import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matrixFromRows, type Matrix } from '@shared/design/dataset'
import { effectiveTime, type TrainingTime } from '@shared/design/training-time'
import type { KernelMatrix } from '@shared/theory/kernel-matrix'
import {
  combine,
  identityMatrix,
  scaled,
  shifted,
  transpose
} from '@shared/theory/matrix-arithmetic'
import { nullSpace } from '@shared/theory/null-space'
import type { Propagator } from '@shared/theory/propagator'
import { finish } from '@shared/theory/stepwise'
import { trainingDynamics } from '@shared/theory/training-dynamics'
import { javascriptLinearAlgebra as algebra } from '../../../src-main/engine/float64/javascript-linear-algebra'

const kernel = (rows: number[][]): KernelMatrix => ({
  ...matrixFromRows(rows, 'K'),
  kind: 'sgNtk',
  symmetric: false
})
const flow = (t: number, eta = 1): TrainingTime => ({ kind: 'flow', t, eta })
const steps = (k: number, eta: number): TrainingTime => ({ kind: 'steps', k, eta })
/** P and Φ; Φ with all its components where there is time to grow for those that K never trains. */
const at = (K: KernelMatrix, time: TrainingTime): Propagator => {
  const everything = { ...K, ...identityMatrix(K.rows) }
  const testTrain = effectiveTime(time) === Infinity ? K : everything
  return finish(trainingDynamics(K, 0, algebra).at(time, testTrain))
}

function expectClose(got: Matrix, wanted: Matrix, tolerance: number): void {
  const size = Math.max(1, ...wanted.values.map(Math.abs))
  got.values.forEach((value, i) => {
    expect(Math.abs(value - wanted.values[i]!)).toBeLessThanOrEqual(tolerance * size)
  })
}

function absolute(matrix: Matrix): Matrix {
  return { ...matrix, values: matrix.values.map(Math.abs) }
}

/** Square matrices without any symmetry, most with complex eigenvalues, some unstable. */
const entry = fc.integer({ min: -16, max: 16 }).map((x) => x / 16)
const squares = fc
  .integer({ min: 2, max: 6 })
  .chain((n) =>
    fc.array(fc.array(entry, { minLength: n, maxLength: n }), { minLength: n, maxLength: n })
  )
const durations = fc.double({ min: 0, max: 20, noNaN: true })

describe('any kernel, by doubling', () => {
  test('steps are those of the recursion itself', () => {
    fc.assert(
      fc.property(squares, fc.integer({ min: 0, max: 37 }), (rows, k) => {
        const K = kernel(rows)
        const once = combine(1, identityMatrix(K.rows), -0.2, K)
        let [residual, response] = [identityMatrix(K.rows), scaled(0, K)] as Matrix[]
        for (let step = 0; step < k; step++) {
          response = combine(1, response!, 0.2, residual!)
          residual = algebra.multiply(residual!, once)
        }
        const got = at(K, steps(k, 0.2))
        expectClose(got.residual, residual!, 1e-12)
        expectClose(got.response, response!, 1e-12)
      })
    )
  })

  test('flow solves dP/dt = −K P and P = 1 − K Φ, and joins over time', () => {
    fc.assert(
      fc.property(squares, durations, durations, (rows, s, t) => {
        const K = kernel(rows)
        const [first, second, both] = [at(K, flow(s)), at(K, flow(t)), at(K, flow(s + t))]
        expectClose(both.residual, algebra.multiply(first.residual, second.residual), 1e-10)
        const left = combine(1, identityMatrix(K.rows), -1, algebra.multiply(K, both.response))
        expectClose(left, both.residual, 1e-10)
        // Richardson's extrapolation of two explicit schemes: an independent route to exp(−K/8).
        const euler = (n: number) => at(K, steps(n, 1 / 8 / n)).residual
        const [e1, e2, e4] = [euler(4096), euler(8192), euler(16_384)]
        const once = (a: Matrix, b: Matrix) => combine(2, b, -1, a)
        const twice = combine(4 / 3, once(e2, e4), -1 / 3, once(e1, e2))
        expectClose(at(K, flow(1 / 8)).residual, twice, 1e-9)
      }),
      { numRuns: 40 }
    )
  })

  test('a rotating pair: complex eigenvalues a ± ib', () => {
    const [a, b, t] = [0.3, 2, 5]
    const K = kernel([
      [a, -b],
      [b, a]
    ])
    const [c, s] = [Math.exp(-a * t) * Math.cos(b * t), Math.exp(-a * t) * Math.sin(b * t)]
    const P = matrixFromRows(
      [
        [c, s],
        [-s, c]
      ],
      'P'
    )
    expectClose(at(K, flow(t)).residual, P, 1e-14)
    expectClose(at(K, flow(Infinity)).response, algebra.solve(K, identityMatrix(2))!, 1e-14)
  })

  test('a defective kernel: no basis of eigenvectors, no special case', () => {
    const K = kernel([
      [2, 1],
      [0, 2]
    ])
    const decay = Math.exp(-2 * 3)
    const P = matrixFromRows(
      [
        [decay, -3 * decay],
        [0, decay]
      ],
      'P'
    )
    expectClose(at(K, flow(3)).residual, P, 1e-15)
  })

  test('symmetric kernels come out as by eigendecomposition', () => {
    fc.assert(
      fc.property(squares, durations, fc.integer({ min: 0, max: 2000 }), (rows, t, k) => {
        const A = matrixFromRows(rows, 'A')
        const product = algebra.multiply(A, A, { B: true })
        for (const time of [flow(t), steps(k, 0.1)]) {
          const wanted = at({ ...product, kind: 'ntk', symmetric: true }, time)
          const got = at({ ...product, kind: 'sgNtk', symmetric: false }, time)
          expectClose(got.residual, wanted.residual, 1e-10)
          expectClose(got.response, wanted.response, 1e-9)
        }
      }),
      { numRuns: 40 }
    )
  })
})

describe('a singular kernel', () => {
  /** Rank 2 of 3 and far from symmetric: the left null vector is not the right one. */
  const rows = [
    [2, 1, 0.5],
    [0.5, 3, 1],
    [2.5, 4, 1.5]
  ]

  test('has a spectral projector that annihilates it on both sides', () => {
    const K = kernel(rows)
    const found = nullSpace(K, algebra)!
    expect(found.dimension).toBe(1)
    const projector = found.projector!
    const zero = scaled(0, K)
    expectClose(algebra.multiply(K, projector), zero, 1e-14)
    expectClose(algebra.multiply(projector, K), zero, 1e-14)
    expectClose(algebra.multiply(projector, projector), projector, 1e-14)
    expect(nullSpace(kernel([[1e-9]]), algebra)).toBeNull()
  })

  test('ends in the group inverse, and stays there however long it is trained', () => {
    const K = kernel(rows)
    const end = at(K, flow(Infinity))
    const inverse = end.response
    expectClose(algebra.multiply(algebra.multiply(K, inverse), K), K, 1e-13)
    expectClose(algebra.multiply(K, inverse), algebra.multiply(inverse, K), 1e-13)
    for (const time of [flow(1e3), flow(1e9), flow(1e15), steps(1e9, 0.1)]) {
      expectClose(at(K, time).residual, end.residual, 1e-11)
    }
    expectClose(
      end.residual,
      combine(1, identityMatrix(3), -1, algebra.multiply(K, inverse)),
      1e-13
    )
  })

  test.each([true, false])(
    'long training adds no noise at test points, symmetric: %s',
    (symmetric) => {
      // A duplicate point; a test point sees both copies alike, but for rounding in the projector.
      const third = 1 / 3
      const K = {
        ...kernel([
          [2, 2, third],
          [2, 2, third],
          [third, third, 1.7]
        ]),
        symmetric
      }
      const testTrain = kernel([[0.7, 0.7, 0.9]])
      const gainAt = (time: TrainingTime) => {
        const { response } = finish(trainingDynamics(K, 0, algebra).at(time, testTrain))
        return algebra.multiply(testTrain, response)
      }
      for (const t of [1e6, 1e18]) expectClose(gainAt(flow(t)), gainAt(flow(Infinity)), 1e-13)
    }
  )

  test('whose zero is not semisimple has finite times, but no end', () => {
    const K = kernel([
      [0, 1],
      [0, 0]
    ])
    const { residual, response } = at(K, flow(4))
    expect([...residual.values]).toEqual([1, -4, 0, 1])
    expect([...response.values]).toEqual([4, -8, 0, 4])
    const end = trainingDynamics(K, 0, algebra).at(flow(Infinity), K)
    expect(() => finish(end)).toThrow('does not converge')
  })

  test('of nothing but zeros drives test points without end, unless they do not depend on it', () => {
    const dynamics = trainingDynamics(kernel([[0]]), 0, algebra)
    expect(() => finish(dynamics.at(flow(Infinity), kernel([[1]])))).toThrow('still drives them')
    const still = finish(dynamics.at(flow(Infinity), kernel([[0]])))
    expect([...still.residual.values]).toEqual([1])
  })
})

describe.each([0.3, 1e-9])(
  'the response of a triangular kernel with the eigenvalues 1, %d',
  (slow) => {
    const K = kernel([
      [1, 0.7],
      [0, slow]
    ])
    test.each<[TrainingTime]>([
      [flow(30)],
      [flow(1e3)],
      [flow(1e-9)],
      [steps(100, 0.2)],
      [steps(3, 1e-9)]
    ])('after %o is that of its eigenvalues', (time) => {
      const share = (rate: number) => {
        const log = time.kind === 'flow' ? -time.t * rate : time.k * Math.log1p(-time.eta * rate)
        return -Math.expm1(log) / rate
      }
      // A function of a triangular matrix has its divided difference off the diagonal.
      const beside = (0.7 * (share(1) - share(slow))) / (1 - slow)
      const wanted = matrixFromRows(
        [[share(1), beside].map(perTime), [0, perTime(share(slow))]],
        'Φ'
      )
      // Each of the 14 doublings of the longest time doubles what was rounded before.
      expectClose(scaled(perTime(1), at(K, time).response), wanted, 1e-12)

      function perTime(response: number): number {
        return response / effectiveTime(time)
      }
    })
  }
)

test('an eigenvalue with a negative real part has finite times, but no end', () => {
  for (const symmetric of [true, false]) {
    const K = { ...kernel([[-2]]), symmetric }
    const dynamics = trainingDynamics(K, 0, algebra)
    const { residual } = finish(dynamics.at(flow(1.5), K))
    expect(residual.values[0]).toBeCloseTo(Math.exp(3), 12)
    expect(() => finish(dynamics.at(flow(Infinity), K))).toThrow('does not converge')
    const held = finish(trainingDynamics(K, 3, algebra).at(flow(Infinity), K))
    expect(held.response.values[0]).toBeCloseTo(1, 14)
  }
})

test('the ridge is weight decay towards the initial parameters', () => {
  fc.assert(
    fc.property(squares, fc.double({ min: 0.01, max: 2, noNaN: true }), (rows, ridge) => {
      const K = kernel(rows)
      const eta = 0.05
      // In parameters, linearised: w ← w − η[Bᵀ(f − y) + ρ(w − w₀)], f = f₀ + A(w − w₀), A Bᵀ = K.
      const [f0, y] = [rows.map((row) => [row[0]!]), rows.map((row) => [row[1]!])]
      const gap = combine(1, matrixFromRows(f0, 'f0'), -1, matrixFromRows(y, 'y'))
      let moved = scaled(0, gap)
      // Bounds every sum in absolute values: what 30 steps can lose to rounding grows with it.
      let bound = absolute(gap)
      for (let step = 0; step < 30; step++) {
        const force = algebra.multiply(K, combine(1, gap, 1, moved))
        moved = combine(1, moved, -eta, combine(1, force, ridge, moved))
        bound = combine(1 + eta * ridge, bound, eta, algebra.multiply(absolute(K), bound))
      }
      const { residual } = finish(trainingDynamics(K, ridge, algebra).at(steps(30, eta), K))
      const lost = 30 * (rows.length + 3) * Number.EPSILON * Math.max(...bound.values)
      const got = algebra.multiply(residual, gap)
      combine(1, got, -1, combine(1, gap, 1, moved)).values.forEach((difference) => {
        expect(Math.abs(difference)).toBeLessThanOrEqual(lost)
      })
    })
  )
  const K = kernel([
    [2, 1],
    [0.5, 3]
  ])
  const { residual, response } = finish(trainingDynamics(K, 0.7, algebra).at(flow(Infinity), K))
  const inverse = algebra.solve(shifted(K, 0.7), identityMatrix(2))!
  expectClose(response, inverse, 1e-14)
  expectClose(residual, scaled(0.7, inverse), 1e-14)
  expect(transpose(K).values[1]).toBe(0.5)
})
