import { describe, expect, test } from 'vitest'
import { matrixFromRows } from '@shared/design/dataset'
import { networkDesignSchema, type NetworkDesign } from '@shared/design/network'
import { computeKernels } from '@shared/theory/kernels'

const design = (changes: object): NetworkDesign =>
  networkDesignSchema.parse({
    depthHidden: 1,
    activation: { name: 'sign' },
    sigmaW: 1,
    sigmaB: 0,
    ...changes
  })
const erfPrime = { name: 'erf_prime', m: 2, amp: 1, theta: 0 } as const
const ste = { name: 'ste', amp: 1, theta: 0 } as const

describe('the NTK of sign networks is singular', () => {
  test('+∞ at coinciding, −∞ at opposite inputs without biases, finite elsewhere', () => {
    const X = matrixFromRows(
      [
        [1, 0],
        [1, 0],
        [-1, 0],
        [0.6, 0.8]
      ],
      'X'
    )
    const { ntk } = computeKernels(design({}), null, X)
    expect([...ntk.values.slice(0, 3)]).toEqual([Infinity, Infinity, -Infinity])
    // S = (2/π) asin 0.6 and T¹ E = (0.3)(2/π)/√(0.25 − 0.09) by hand.
    const expected = (2 / Math.PI) * Math.asin(0.6) + (0.3 * (2 / Math.PI)) / Math.sqrt(0.16)
    expect(ntk.values[3]).toBeCloseTo(expected, 14)
  })

  test('collinear inputs of unequal norm diverge too', () => {
    const X = matrixFromRows(
      [
        [1, 2],
        [2, 4]
      ],
      'X'
    )
    expect([...computeKernels(design({}), null, X).ntk.values]).toEqual([
      Infinity,
      Infinity,
      Infinity,
      Infinity
    ])
  })

  test('points that are collinear up to rounding are collinear, one digit more is not', () => {
    const x = [-0.41922344712695, -0.06332859051315, 0.38721129085682, 0.7]
    const kernelWith = (point: number[]) =>
      computeKernels(design({ depthHidden: 3 }), null, matrixFromRows([x, point], 'X'))
    const scaled = kernelWith(x.map((value) => 2.7 * value))
    expect(scaled.nngp.values[1]).toBe(1)
    expect(scaled.ntk.values[1]).toBe(Infinity)
    const turned = kernelWith([...x.slice(0, 3), 0.7 + 1e-14])
    expect(turned.nngp.values[1]).toBeLessThan(0.9999)
    expect(turned.ntk.values[1]).toBeLessThan(Infinity)
  })

  test.each([
    ['sign', {}],
    ['heaviside', {}],
    ['sign', { theta: 0.3 }],
    ['heaviside', { theta: -0.7 }],
    ['erf', { m: 1e4 }],
    ['relu', {}],
    ['tanh', {}],
    ['identity', {}]
  ])('%s %o: never NaN, whatever the inputs', (name, parameters) => {
    const X = matrixFromRows(
      [
        [0, 0],
        [1, 0],
        [1, 0],
        [-1, 0],
        [3, 0],
        [1, 1e-9],
        [-1, -1e-160],
        [1e-160, 1e-160]
      ],
      'X'
    )
    for (const depthHidden of [1, 3]) {
      for (const sigmaB of [0, 0.2]) {
        const network = design({ activation: { name, ...parameters }, depthHidden, sigmaB })
        for (const surrogate of [erfPrime, { ...erfPrime, theta: 0.4 }, ste]) {
          const { nngp, ntk, sgNtk } = computeKernels(network, surrogate, X)
          expect([...nngp.values].every(Number.isFinite)).toBe(true)
          expect([...sgNtk!.values].some(Number.isNaN)).toBe(false)
          expect([...ntk.values].some(Number.isNaN)).toBe(false)
        }
      }
    }
  })

  test('as the limit m → ∞ of erf_m, whose diagonal grows like (2/π) m/√a', () => {
    const X = matrixFromRows([[1, 0]], 'X')
    const growth = [10, 100, 1000].map((m) => {
      const { ntk } = computeKernels(design({ activation: { name: 'erf', m } }), null, X)
      return ntk.values[0]! / m
    })
    // T¹ = a = ½: T E / m → ½ (2/π)/√½ = √2/(2 · π/2) = 0.4501…
    expect(growth[2]).toBeCloseTo((0.5 * 2) / Math.PI / Math.sqrt(0.5), 2)
    expect(growth[0]).toBeGreaterThan(growth[1]!)
    expect(growth[1]).toBeGreaterThan(growth[2]!)
  })

  test('the SG-NTK is finite there: its diagonal is √2 of the leading erf_m term', () => {
    const X = matrixFromRows([[1, 0]], 'X')
    const m = 50
    const { sgNtk } = computeKernels(design({}), { name: 'erf_prime', m, amp: 1, theta: 0 }, X)
    // 1 + ½ · (2√2/π) m/√½, exactly.
    expect(sgNtk!.values[0]).toBeCloseTo(
      1 + (((0.5 * 2 * Math.SQRT2) / Math.PI) * m) / Math.SQRT1_2,
      10
    )
  })
})

describe('what the singular cases are, and why', () => {
  const one = (activation: object, X: number[][], X2: number[][] | null = null, sigmaB = 0) =>
    computeKernels(
      design({ activation, sigmaB }),
      erfPrime,
      matrixFromRows(X, 'X'),
      X2 && matrixFromRows(X2, 'X2')
    )

  test('a row of X among X2 diverges there alone, wherever it stands', () => {
    const { ntk, sgNtk } = one(
      { name: 'sign' },
      [
        [1, 2],
        [0.5, -1]
      ],
      [
        [0.3, 1],
        [0.5, -1],
        [1, 2]
      ]
    )
    expect([...ntk.values].map(Number.isFinite)).toEqual([true, true, false, true, false, true])
    expect([...sgNtk!.values].every(Number.isFinite)).toBe(true)
  })

  test('duplicate rows are one point: equal rows and columns of every kernel', () => {
    const X = [
      [1, 2],
      [0.5, -1],
      [1, 2]
    ]
    const { nngp, ntk, sgNtk } = one({ name: 'sign' }, X, null, 0.4)
    for (const { values } of [nngp, ntk, sgNtk!]) {
      expect([...values.slice(6, 9)]).toEqual([...values.slice(0, 3)])
      for (const row of [0, 1, 2]) expect(values[3 * row + 2]).toBe(values[3 * row])
    }
    expect(ntk.values[2]).toBe(Infinity)
  })

  test('opposite inputs with biases are no longer opposite: everything is finite', () => {
    const { ntk } = one({ name: 'sign' }, [[1, 0]], [[-1, 0]], 0.5)
    // a = b = ½ + ¼, c = −½ + ¼: E φ′φ′ = (2/π)/√(a² − c²).
    const growth = -0.25 * (2 / Math.PI / Math.sqrt(0.75 ** 2 - 0.25 ** 2))
    const covariance = 0.25 + (2 / Math.PI) * Math.asin(-0.25 / 0.75)
    expect(ntk.values[0]).toBeCloseTo(covariance + growth, 14)
  })

  test('a zero input without biases has pre-activation 0 in every network', () => {
    const X = [
      [0, 0],
      [1, 0]
    ]
    const sign = one({ name: 'sign' }, X)
    // sign(0) = 0, and T¹ = 0 stays 0 on the way m → ∞, although erf_m′(0) grows.
    expect([...sign.nngp.values]).toEqual([0, 0, 0, 1])
    expect([...sign.ntk.values]).toEqual([0, 0, 0, Infinity])
    const heaviside = one({ name: 'heaviside' }, X)
    // H(0) = ½: ½ · ½ with itself, ½ E H(v) = ¼ with the other.
    expect([...heaviside.nngp.values]).toEqual([0.25, 0.25, 0.25, 0.5])
    expect([...heaviside.ntk.values]).toEqual([0.25, 0.25, 0.25, Infinity])
    const biased = one({ name: 'sign' }, X, null, 0.3)
    expect(biased.nngp.values[1]).toBeGreaterThan(0)
    expect(biased.ntk.values[0]).toBe(Infinity)
  })

  test('with a threshold only coinciding inputs diverge: others never reach θ together', () => {
    const X = [
      [1, 0],
      [1, 0],
      [2, 0],
      [-1, 0],
      [0, 0]
    ]
    const { nngp, ntk, sgNtk } = one({ name: 'sign', theta: 0.5 }, X)
    // u = θ and v = 2u = θ exclude one another, as do v = −u, v = 0: the density there is 0.
    expect([...ntk.values].map((value) => value === Infinity)).toEqual(
      [0, 1, 2, 3, 4].flatMap((i) =>
        [0, 1, 2, 3, 4].map((j) => i !== 4 && (i === j || (i < 2 && j < 2)))
      )
    )
    for (const { values } of [nngp, sgNtk!]) expect([...values].every(Number.isFinite)).toBe(true)
    for (const [i, j] of [
      [0, 2],
      [0, 3],
      [2, 3],
      [0, 4],
      [4, 4]
    ] as const) {
      expect(ntk.values[5 * i + j]).toBe(nngp.values[5 * i + j])
    }
    // sign(0 − θ) = −1 in every network.
    expect(nngp.values[24]).toBe(1)
  })
})

describe('the shape of kernels', () => {
  const X = matrixFromRows(
    [
      [2, 0.5],
      [-0.3, 0.6],
      [0.9, -1.4]
    ],
    'X'
  )
  const network = design({ depthHidden: 2, sigmaW: 1.3, sigmaB: 0.2 })

  test('X against itself equals X against a second set with the same points', () => {
    const own = computeKernels(network, erfPrime, X)
    const both = computeKernels(network, erfPrime, X, X)
    expect(both.nngp.values).toEqual(own.nngp.values)
    expect(both.ntk.values).toEqual(own.ntk.values)
    expect(both.sgNtk!.values).toEqual(own.sgNtk!.values)
    expect([own.nngp.symmetric, own.sgNtk!.symmetric, both.nngp.symmetric]).toEqual([
      true,
      false,
      false
    ])
  })

  test('the SG-NTK is asymmetric on inputs of unequal norm, and its rows are test points', () => {
    const { sgNtk } = computeKernels(network, erfPrime, X)
    expect(Math.abs(sgNtk!.values[1]! - sgNtk!.values[3]!)).toBeGreaterThan(0.01)
    // sign and the straight-through estimator: the factor √(2/(π a)) depends on the row alone.
    const one = design({ sigmaW: 1, sigmaB: 0 })
    const { nngp, sgNtk: throughSte } = computeKernels(one, ste, X)
    const firstLayer = (i: number, j: number) =>
      (X.values[2 * i]! * X.values[2 * j]! + X.values[2 * i + 1]! * X.values[2 * j + 1]!) / 2
    for (const [i, j] of [
      [0, 1],
      [1, 0],
      [2, 1]
    ] as const) {
      const factor = Math.sqrt(2 / (Math.PI * firstLayer(i, i)))
      const expected = nngp.values[3 * i + j]! + firstLayer(i, j) * factor
      expect(throughSte!.values[3 * i + j]).toBeCloseTo(expected, 13)
    }
  })

  test('κ multiplies every kernel by κ²', () => {
    const plain = computeKernels(network, erfPrime, X)
    const scaled = computeKernels({ ...network, outputScale: 0.2 }, erfPrime, X)
    scaled.sgNtk!.values.forEach((value, i) => {
      expect(value).toBeCloseTo(0.04 * plain.sgNtk!.values[i]!, 13)
      expect(scaled.nngp.values[i]).toBeCloseTo(0.04 * plain.nngp.values[i]!, 13)
    })
  })
})
