import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matrixFromRows } from '@shared/design/dataset'
import { networkDesignSchema, type NetworkDesign } from '@shared/design/network'
import { surrogateSchema } from '@shared/design/surrogate'
import { computeKernels } from '@shared/theory/kernels'
import { javascriptLinearAlgebra } from '../../src-main/engine/float64/javascript-linear-algebra'
import { everySurrogate } from '../support/every-instance'

const design = (changes: object): NetworkDesign =>
  networkDesignSchema.parse({
    depthHidden: 2,
    activation: { name: 'sign' },
    sigmaW: 1.2,
    sigmaB: 0.3,
    ...changes
  })

/** Multiples of 1/64: points coincide, oppose one another and vanish often enough. */
const coordinate = fc.integer({ min: -128, max: 128 }).map((x) => x / 64)
const rows = (count: number) =>
  fc.array(fc.array(coordinate, { minLength: 3, maxLength: 3 }), {
    minLength: count,
    maxLength: count
  })

/** Activations whose moments take no quadrature. */
const closed = fc.constantFrom(
  { name: 'sign' },
  { name: 'sign', theta: 0.4 },
  { name: 'heaviside' },
  { name: 'heaviside', theta: -0.3 },
  { name: 'erf', m: 2 },
  { name: 'erf', m: 5, theta: 0.2 },
  { name: 'relu' },
  { name: 'identity' }
)
const psi = fc.constantFrom(
  ...everySurrogate.filter(({ name }) =>
    ['erf_prime', 'ste', 'boxcar', 'triangular', 'exponential'].includes(name)
  )
)
const depth = fc.integer({ min: 1, max: 4 })
const bias = fc.constantFrom(0, 0.3)
const runs = { numRuns: 60, seed: 20240615 }

/** Equal where both are infinite; otherwise to `tolerance` of the larger, or absolutely below 1. */
function expectNear(got: number, wanted: number, tolerance = 1e-12): void {
  if (got === wanted) return
  expect(Math.abs(got - wanted)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(wanted)))
}

test('NNGP and NTK are symmetric; only they say so', () => {
  fc.assert(
    fc.property(
      rows(5),
      closed,
      psi,
      depth,
      bias,
      (X, activation, surrogate, depthHidden, sigmaB) => {
        const network = design({ activation, depthHidden, sigmaB })
        const points = matrixFromRows(X, 'X')
        // Against a copy, where nothing is mirrored.
        const { nngp, ntk } = computeKernels(network, surrogate, points, points)
        for (const kernel of [nngp, ntk]) {
          for (let i = 0; i < 5; i++) {
            for (let j = 0; j < i; j++) {
              expectNear(kernel.values[5 * i + j]!, kernel.values[5 * j + i]!, 1e-13)
            }
          }
        }
        const own = computeKernels(network, surrogate, points)
        expect([own.nngp.symmetric, own.ntk.symmetric, own.sgNtk!.symmetric]).toEqual([
          true,
          true,
          false
        ])
      }
    ),
    runs
  )
})

test('rows are first arguments: a set against another is a block of their union', () => {
  fc.assert(
    fc.property(
      rows(3),
      rows(4),
      closed,
      psi,
      depth,
      (X, X2, activation, surrogate, depthHidden) => {
        const network = design({ activation, depthHidden })
        const union = computeKernels(network, surrogate, matrixFromRows([...X, ...X2], 'X'))
        const [first, second] = [matrixFromRows(X, 'X'), matrixFromRows(X2, 'X2')]
        const forth = computeKernels(network, surrogate, first, second)
        const back = computeKernels(network, surrogate, second, first)
        for (let i = 0; i < 3; i++) {
          for (let j = 0; j < 4; j++) {
            for (const kind of ['nngp', 'ntk', 'sgNtk'] as const) {
              const joint = union[kind]!.values
              // Sums of coordinates run the other way round here: equal up to rounding.
              expectNear(forth[kind]!.values[4 * i + j]!, joint[7 * i + 3 + j]!, 1e-11)
              expectNear(back[kind]!.values[3 * j + i]!, joint[7 * (3 + j) + i]!, 1e-11)
            }
          }
        }
      }
    ),
    runs
  )
})

test('NNGP is positive semidefinite', () => {
  fc.assert(
    fc.property(rows(6), closed, depth, bias, (X, activation, depthHidden, sigmaB) => {
      const { nngp } = computeKernels(
        design({ activation, depthHidden, sigmaB }),
        null,
        matrixFromRows([...X, X[0]!, X[1]!.map((x) => -x)], 'X')
      )
      const { values } = javascriptLinearAlgebra.symmetricEigen({ ...nngp, symmetric: true })
      const largest = Math.max(...values)
      expect(Math.min(...values)).toBeGreaterThanOrEqual(-1e-10 * largest)
    }),
    runs
  )
})

describe('scaling', () => {
  const scale = fc.integer({ min: 1, max: 160 }).map((x) => x / 16)

  test('κ multiplies every kernel by κ²', () => {
    fc.assert(
      fc.property(rows(3), closed, psi, scale, (X, activation, surrogate, outputScale) => {
        const points = matrixFromRows(X, 'X')
        const plain = computeKernels(design({ activation }), surrogate, points)
        const scaled = computeKernels(design({ activation, outputScale }), surrogate, points)
        for (const kind of ['nngp', 'ntk', 'sgNtk'] as const) {
          scaled[kind]!.values.forEach((value, at) => {
            const wanted = outputScale ** 2 * plain[kind]!.values[at]!
            if (value !== wanted) expectNear(value / wanted, 1, 1e-12)
          })
        }
      }),
      runs
    )
  })

  test('without biases ReLU is homogeneous, and sign does not see norms', () => {
    fc.assert(
      fc.property(rows(3), scale, depth, (X, factor, depthHidden) => {
        const grown = X.map((x) => x.map((value) => factor * value))
        for (const [name, power] of [
          ['relu', 2],
          ['sign', 0]
        ] as const) {
          const network = design({ activation: { name }, depthHidden, sigmaB: 0 })
          const plain = computeKernels(network, null, matrixFromRows(X, 'X')).nngp
          const scaled = computeKernels(network, null, matrixFromRows(grown, 'X')).nngp
          scaled.values.forEach((value, at) => {
            const wanted = plain.values[at]! * factor ** power
            expect(Math.abs(value - wanted)).toBeLessThanOrEqual(
              1e-9 * Math.max(1, factor ** power)
            )
          })
        }
      }),
      runs
    )
  })
})

test('two layers are one layer after another: on points whose inner products are S¹', () => {
  fc.assert(
    fc.property(rows(4), closed, (X, activation) => {
      const points = matrixFromRows(X, 'X')
      const sigmaW = 1.2
      const one = computeKernels(
        design({ activation, depthHidden: 1, sigmaB: 0 }),
        null,
        points
      ).nngp
      const { values, vectors } = javascriptLinearAlgebra.symmetricEigen({
        ...one,
        symmetric: true
      })
      // S¹ = V Λ Vᵀ: the rows of V √Λ √4/σ_w have σ_w²/4 x·x′ = S¹.
      const features = Array.from({ length: 4 }, (_, i) =>
        [0, 1, 2, 3].map(
          (k) => (vectors.values[4 * i + k]! * Math.sqrt(Math.max(0, values[k]!)) * 2) / sigmaW
        )
      )
      const composed = computeKernels(
        design({ activation, depthHidden: 1, sigmaB: 0 }),
        null,
        matrixFromRows(features, 'X')
      ).nngp
      const two = computeKernels(
        design({ activation, depthHidden: 2, sigmaB: 0 }),
        null,
        points
      ).nngp
      // Steps take the root of a rounding error where points coincide.
      composed.values.forEach((value, at) => {
        expect(Math.abs(value - two.values[at]!)).toBeLessThan(1e-6)
      })
    }),
    runs
  )
})

test('layers written out one by one are the same network', () => {
  fc.assert(
    fc.property(rows(3), closed, psi, (X, activation, surrogate) => {
      const points = matrixFromRows(X, 'X')
      const layers = [{ activation, surrogate, sigmaW: 1.2 }, { activation, sigmaB: 0.3 }, {}]
      const plain = computeKernels(design({ activation }), surrogate, points)
      const written = computeKernels(
        design({ activation: { name: 'identity' }, layers }),
        surrogate,
        points
      )
      expect(written.ntk.values).toEqual(plain.ntk.values)
      expect(written.sgNtk!.values).toEqual(plain.sgNtk!.values)
    }),
    runs
  )
})

test('m → ∞: erf_m is sign off the diagonal, with an error that falls like 1/m or faster', () => {
  const X = matrixFromRows(
    [
      [1, 0.2, -0.4],
      [-0.3, 1.7, 0.2],
      [0.5, -0.6, 0.9]
    ],
    'X'
  )
  const surrogate = surrogateSchema.parse({ name: 'triangular', a: 0.6 })
  for (const theta of [0, 0.3]) {
    const limit = computeKernels(design({ activation: { name: 'sign', theta } }), surrogate, X)
    const errors = [30, 300, 3000].map((m) => {
      const near = computeKernels(design({ activation: { name: 'erf', m, theta } }), surrogate, X)
      return Math.max(
        ...(['nngp', 'ntk', 'sgNtk'] as const).flatMap((kind) =>
          [1, 2, 3, 5, 6, 7].map((at) =>
            Math.abs(near[kind]!.values[at]! - limit[kind]!.values[at]!)
          )
        )
      )
    })
    expect(errors[1]).toBeLessThan(errors[0]! / 5)
    expect(errors[2]).toBeLessThan(errors[1]! / 5)
    expect(errors[2]).toBeLessThan(2e-3)
  }
})

test('θ → −θ with x → −x, for odd activations and even surrogates', () => {
  fc.assert(
    fc.property(
      rows(3),
      fc.constantFrom({ name: 'sign' }, { name: 'erf', m: 3 }),
      fc.integer({ min: -8, max: 8 }).map((x) => x / 8),
      fc.integer({ min: -8, max: 8 }).map((x) => x / 8),
      depth,
      (X, activation, theta, shift, depthHidden) => {
        const kernels = (sign: 1 | -1) =>
          computeKernels(
            design({
              activation: { ...activation, theta: sign * theta },
              depthHidden: 1 + (depthHidden % 2)
            }),
            surrogateSchema.parse({ name: 'erf_prime', m: 2, theta: sign * shift }),
            matrixFromRows(
              X.map((x) => x.map((value) => sign * value)),
              'X'
            )
          )
        const [plain, turned] = [kernels(1), kernels(-1)]
        for (const kind of ['nngp', 'ntk', 'sgNtk'] as const) {
          turned[kind]!.values.forEach((value, at) => {
            expectNear(value, plain[kind]!.values[at]!, 1e-9)
          })
        }
      }
    ),
    runs
  )
})
