import { describe, expect, test } from 'vitest'
import { matrixFromRows } from '@shared/design/dataset'
import { networkDesignSchema } from '@shared/design/network'
import { surrogateSchema } from '@shared/design/surrogate'
import { finish } from '@shared/theory/stepwise'
import { empiricalKernels64 } from '../../../src-main/engine/empirical/float64-kernels'
import { forward64 } from '../../../src-main/engine/empirical/float64-network'
import { networkPrograms } from '../../../src-main/engine/empirical/network-programs'
import { jacobian, kernelOfJacobians } from '../../support/jacobian'
import { javascriptLinearAlgebra } from '../../../src-main/engine/float64/javascript-linear-algebra'
import { randomLayers } from '../../support/random-network'
import { largestRelativeError } from '../../reference/oracle'

/** Norms differ, so that a transposed SG-NTK is another matrix. */
const X = [
  [1, 0.2, -0.4],
  [2, -1.5, 0.3],
  [-0.1, 0.4, 0.9],
  [0.3, 0.2, 3]
]
const X2 = [
  [0.1, 0.1, 0.2],
  [-2, 1, 1],
  [0.5, 2.5, -1.5]
]
const sizes = [3, 7, 5, 2]
const layers = randomLayers(sizes, 11)
const design = networkDesignSchema.parse({
  depthHidden: 2,
  activation: { name: 'erf', m: 1.5, theta: 0.2 },
  sigmaW: 1.3,
  sigmaB: 0.4,
  outputScale: 0.7,
  layers: [{}, { activation: { name: 'tanh' }, sigmaW: 0.9 }, { sigmaB: 0.1 }]
})
const surrogate = surrogateSchema.parse({ name: 'boxcar', a: 0.8, amp: 0.6 })
const programs = networkPrograms(design, surrogate, sizes)
const kernels = (of = programs, second: number[][] | null = X2) =>
  finish(
    empiricalKernels64(
      javascriptLinearAlgebra,
      of,
      layers,
      matrixFromRows(X, 'X'),
      second && matrixFromRows(second, 'X2')
    )
  )

describe('empirical kernels', () => {
  test('have φ′ on the rows and ψ on the columns, layers of their own and two outputs', () => {
    const J = jacobian(programs, layers, X, 'derivative')
    const other = jacobian(programs, layers, X2, 'derivative')
    const surrogateJ = jacobian(programs, layers, X2, 'surrogate')
    const { ntk, sgNtk } = kernels()
    expect(largestRelativeError(ntk, kernelOfJacobians(J, other, 2))).toBeLessThan(1e-12)
    const wanted = kernelOfJacobians(J, surrogateJ, 2)
    expect(largestRelativeError(sgNtk, wanted)).toBeLessThan(1e-12)
    // The same with the roles of the derivatives exchanged is far from it.
    const exchanged = kernelOfJacobians(
      jacobian(programs, layers, X, 'surrogate'),
      jacobian(programs, layers, X2, 'derivative'),
      2
    )
    expect(largestRelativeError(sgNtk, exchanged)).toBeGreaterThan(0.1)
  })

  test('between points and themselves are blocks of the cross kernels', () => {
    const single = kernels(programs, null)
    const cross = kernels(programs, X)
    expect(largestRelativeError(single.ntk, [...cross.ntk])).toBeLessThan(1e-13)
    expect(largestRelativeError(single.sgNtk, [...cross.sgNtk])).toBeLessThan(1e-13)
  })

  test('are those of the parameters themselves in the standard parametrisation', () => {
    const standard = networkPrograms({ ...design, parametrisation: 'standard' }, surrogate, sizes)
    const J = jacobian(standard, layers, X, 'derivative')
    const other = jacobian(standard, layers, X2, 'derivative')
    expect(
      largestRelativeError(kernels(standard).ntk, kernelOfJacobians(J, other, 2))
    ).toBeLessThan(1e-12)
  })
})

test('the Jacobian is the derivative of the outputs with respect to every parameter', () => {
  const J = jacobian(programs, layers, X, 'derivative')
  const inputs = matrixFromRows(X, 'X')
  const outputsWith = (change: (l: number) => { weights: Float64Array; biases: Float64Array }) =>
    forward64(
      javascriptLinearAlgebra,
      programs,
      layers.map(({ weights }, l) => {
        const changed = change(l)
        return { weights: { ...weights, values: changed.weights }, biases: changed.biases }
      }),
      inputs
    ).outputs.values
  const h = 1e-5
  let column = 0
  layers.forEach((layer, changedLayer) => {
    for (const kind of ['weights', 'biases'] as const) {
      const count = kind === 'weights' ? layer.weights.values.length : layer.biases.length
      for (let p = 0; p < count; p++, column++) {
        const at = (step: number) =>
          outputsWith((l) => {
            const copy = {
              weights: layers[l]!.weights.values.slice(),
              biases: layers[l]!.biases.slice()
            }
            if (l === changedLayer) copy[kind][p]! += step
            return copy
          })
        const [above, below] = [at(h), at(-h)]
        J.forEach((row, i) => {
          expect(Math.abs((above[i]! - below[i]!) / (2 * h) - row[column]!)).toBeLessThan(1e-8)
        })
      }
    }
  })
  expect(column).toBe(J[0]!.length)
})

describe('step networks', () => {
  const step = networkDesignSchema.parse({
    depthHidden: 2,
    activation: { name: 'sign', theta: 0.1 },
    sigmaW: 1.3,
    sigmaB: 0.4
  })
  const psi = surrogateSchema.parse({ name: 'erf_prime', m: 2 })

  test('have only the last layer in their NTK and SG-NTK', () => {
    const of = networkPrograms(step, psi, sizes)
    const { ntk, sgNtk } = kernels(of)
    expect([...sgNtk]).toEqual([...ntk])
    const J = jacobian(of, layers, X, 'derivative')
    const belowLast = (3 + 1) * 7 + (7 + 1) * 5
    expect(J.every((row) => row.slice(0, belowLast).every((x) => x === 0))).toBe(true)
    expect(J.every((row) => row.slice(belowLast).some((x) => x !== 0))).toBe(true)
  })

  test.each([
    ['sign', 1, 0],
    ['heaviside', 0.5, 0.5]
  ] as const)(
    '%s: the stand-in is the same height, and its derivative the true one',
    (name, height, shift) => {
      const stepDesign = { ...step, activation: { name, theta: 0.1 } }
      const smooth = networkPrograms(stepDesign, psi, sizes, { name: 'erf', m: 3 })
      const erf = networkPrograms(
        { ...step, activation: { name: 'erf', m: 3, theta: 0.1 } },
        psi,
        sizes
      )
      const J = jacobian(smooth, layers, X, 'derivative')
      // An affine map of the activation is the same as other weights and biases behind it.
      const moved = layers.map(({ weights, biases }, l) => {
        if (l === 0) return { weights, biases }
        const { weightFactor, biasFactor } = smooth.affine[l]!
        const added = biases.map((_, j) => {
          const row = weights.values.subarray(j * weights.columns, (j + 1) * weights.columns)
          return (shift * weightFactor * row.reduce((sum, w) => sum + w, 0)) / biasFactor
        })
        return {
          weights: { ...weights, values: weights.values.map((w) => height * w) },
          biases: biases.map((b, j) => b + added[j]!)
        }
      })
      const inputs = matrixFromRows(X, 'X')
      const got = forward64(javascriptLinearAlgebra, smooth, layers, inputs).outputs.values
      const wanted = forward64(javascriptLinearAlgebra, erf, moved, inputs).outputs.values
      expect(largestRelativeError(got, [...wanted])).toBeLessThan(1e-12)
      // Derivatives with respect to the first layer pass through every activation.
      const K = jacobian(erf, moved, X, 'derivative')
      expect(
        largestRelativeError(
          J.flatMap((row) => row.slice(0, 28)),
          K.flatMap((row) => row.slice(0, 28))
        )
      ).toBeLessThan(1e-12)
    }
  )
})
