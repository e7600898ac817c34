import { describe, expect, test } from 'vitest'
import { activationMath, activationSchema, type Activation } from '@shared/design/activation'
import { matrixFromRows } from '@shared/design/dataset'
import { networkDesignSchema } from '@shared/design/network'
import { numberElementwise } from '@shared/design/number-elementwise'
import { surrogateMath, surrogateSchema } from '@shared/design/surrogate'
import { fillStandardNormal, streamPurpose } from '@shared/random/stream'
import { computeKernels } from '@shared/theory/kernels'

const WIDTH = 300
const NETWORKS = 80
const SIGMA_W = 1.3
const SIGMA_B = 0.2
/** Of unequal norms: a transposed kernel would differ. */
const X = [
  [1.5, -0.4],
  [0.2, 0.6]
]
const psi = surrogateSchema.parse({ name: 'triangular', a: 1.1, theta: 0.2 })

interface Pass {
  /** φ(h¹), φ(h²). */
  readonly features: [Float64Array, Float64Array]
  /** ∂f/∂h², ∂f/∂h¹ with φ′, and with ψ in its place. */
  readonly truly: [Float64Array, Float64Array]
  readonly surrogate: [Float64Array, Float64Array]
}

/** One point through one network of two hidden layers, forth and back. */
function pass(activation: Activation, member: number, x: readonly number[]): Pass {
  const math = activationMath(activation)
  const value = (z: number): number => math.evaluate(numberElementwise, z)
  const slope = (z: number): number => math.derivative?.(numberElementwise, z) ?? 0
  const replaced = (z: number): number => surrogateMath(psi).evaluate(numberElementwise, z)
  const draw = (purpose: 1 | 2, layer: number, count: number): Float32Array => {
    const out = new Float32Array(count)
    fillStandardNormal({ seed: 11, purpose, member, layer }, out)
    return out
  }
  const { weights, biases } = streamPurpose
  const [W1, W2, w3] = [
    draw(weights, 0, WIDTH * x.length),
    draw(weights, 1, WIDTH * WIDTH),
    draw(weights, 2, WIDTH)
  ]
  const [b1, b2] = [draw(biases, 0, WIDTH), draw(biases, 1, WIDTH)]
  const scale = SIGMA_W / Math.sqrt(WIDTH)
  const h1 = Float64Array.from({ length: WIDTH }, (_, i) => {
    let total = 0
    x.forEach((coordinate, k) => (total += W1[i * x.length + k]! * coordinate))
    return (SIGMA_W / Math.sqrt(x.length)) * total + SIGMA_B * b1[i]!
  })
  const first = h1.map(value)
  const h2 = Float64Array.from({ length: WIDTH }, (_, i) => {
    let total = 0
    for (let k = 0; k < WIDTH; k++) total += W2[i * WIDTH + k]! * first[k]!
    return scale * total + SIGMA_B * b2[i]!
  })
  const back = (derivative: (z: number) => number): [Float64Array, Float64Array] => {
    const last = h2.map((z, i) => scale * w3[i]! * derivative(z))
    const before = new Float64Array(WIDTH)
    for (let i = 0; i < WIDTH; i++) {
      for (let k = 0; k < WIDTH; k++) before[k]! += W2[i * WIDTH + k]! * last[i]!
    }
    return [last, before.map((sum, k) => scale * sum * derivative(h1[k]!))]
  }
  return { features: [first, h2.map(value)], truly: back(slope), surrogate: back(replaced) }
}

const dot = (u: Float64Array, v: Float64Array): number =>
  u.reduce((total, value, i) => total + value * v[i]!, 0)

/** S and J J̃ᵀ of one network between points x (true derivative) and x′ (the other one). */
function empirical(
  x: Pass,
  y: Pass,
  inputs: number,
  other: 'truly' | 'surrogate'
): [number, number] {
  const layer = (l: 0 | 1): number =>
    (SIGMA_W ** 2 / WIDTH) * dot(x.features[l], y.features[l]) + SIGMA_B ** 2
  const nngp = layer(1)
  const kernel =
    nngp + dot(x.truly[0], y[other][0]) * layer(0) + dot(x.truly[1], y[other][1]) * inputs
  return [nngp, kernel]
}

/**
 * Kernels of 80 networks of width 300 against the infinite one. Their mean lies within 4.5 standard
 * errors and 2/width of it, which is the order of the correction for finite width.
 */
function expectAgreement(samples: readonly number[], wanted: number): void {
  const mean = samples.reduce((total, value) => total + value, 0) / samples.length
  const variance =
    samples.reduce((total, value) => total + (value - mean) ** 2, 0) / (samples.length - 1)
  const allowed = 4.5 * Math.sqrt(variance / samples.length) + (2 / WIDTH) * Math.abs(wanted)
  expect(Math.abs(mean - wanted)).toBeLessThan(allowed)
  // A bound that would also hold a wrong kernel says nothing.
  expect(allowed).toBeLessThan(0.3 * Math.abs(wanted) + 0.03)
}

describe.each(
  [
    { name: 'identity' },
    { name: 'relu' },
    { name: 'relu', theta: 0.4 },
    { name: 'leaky_relu', slope: 0.2, theta: -0.3 },
    { name: 'hard_tanh', m: 1.5, theta: 0.2 },
    { name: 'tanh' },
    { name: 'logistic', beta: 2, theta: 0.3 },
    { name: 'erf', m: 1.2, theta: 0.3 },
    { name: 'cos', omega: 1.3, theta: 0.4 },
    { name: 'gaussian', m: 0.8, theta: 0.5 },
    { name: 'expression', formula: 'abs(z)*tanh(z)', theta: 0.1 }
  ].map((activation) => [JSON.stringify(activation), activationSchema.parse(activation)] as const)
)('finite networks of %s on inputs of unequal norm', (_name, activation) => {
  test('NNGP, NTK and both orientations of the SG-NTK', () => {
    const design = networkDesignSchema.parse({
      ...{ depthHidden: 2, activation, sigmaW: SIGMA_W, sigmaB: SIGMA_B }
    })
    const { nngp, ntk, sgNtk } = computeKernels(design, psi, matrixFromRows(X, 'X'))
    const [x, y] = X as [number[], number[]]
    const inputs =
      (SIGMA_W ** 2 / 2) * x.reduce((total, value, k) => total + value * y[k]!, 0) + SIGMA_B ** 2
    const samples: number[][] = [[], [], [], []]
    for (let member = 0; member < NETWORKS; member++) {
      const [u, v] = [pass(activation, member, x), pass(activation, member, y)]
      const [covariance, tangent] = empirical(u, v, inputs, 'truly')
      const values = [
        covariance,
        tangent,
        empirical(u, v, inputs, 'surrogate')[1],
        empirical(v, u, inputs, 'surrogate')[1]
      ]
      values.forEach((value, i) => samples[i]!.push(value))
    }
    expectAgreement(samples[0]!, nngp.values[1]!)
    expectAgreement(samples[1]!, ntk.values[1]!)
    expectAgreement(samples[2]!, sgNtk!.values[1]!)
    expectAgreement(samples[3]!, sgNtk!.values[2]!)
  })
})

describe.each(['sign', 'heaviside'] as const)('finite networks of %s', (name) => {
  test('NNGP on inputs of unequal norm', () => {
    const activation = activationSchema.parse({ name, theta: 0.2 })
    const design = networkDesignSchema.parse({
      ...{ depthHidden: 2, activation, sigmaW: SIGMA_W, sigmaB: SIGMA_B }
    })
    const { nngp } = computeKernels(design, null, matrixFromRows(X, 'X'))
    const samples = Array.from({ length: NETWORKS }, (_, member) => {
      const [u, v] = X.map((x) => pass(activation, member, x)) as [Pass, Pass]
      return empirical(u, v, 0, 'truly')[0]
    })
    expectAgreement(samples, nngp.values[1]!)
  })
})
