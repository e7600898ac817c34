import { describe, expect, test } from 'vitest'
import { activationMath, activationSchema, type Activation } from '@shared/design/activation'
import { matrixFromRows, type Matrix } from '@shared/design/dataset'
import { networkDesignSchema, type NetworkDesign } from '@shared/design/network'
import { surrogateSchema } from '@shared/design/surrogate'
import { computeKernels, kernelPieces } from '@shared/theory/kernels'
import { finish } from '@shared/theory/stepwise'
import { kernelPlan } from '@shared/theory/kernels/kernel-plan'
import { everyActivation, label } from '../../../support/every-instance'

/** A coincidence, an opposition, neighbours within and without the tables' reach, and others. */
const angles = Array.from({ length: 31 }, (_, i) => 2 * Math.PI * ((i * 0.618034) % 1))
const circle = (angle: number): number[] => [Math.sin(angle), Math.cos(angle)]
const first = circle(0.4)
const rows = [
  first,
  first,
  first.map((x) => -x),
  circle(0.4 + 1e-3),
  circle(0.4 + 1e-6),
  ...angles.map(circle)
]
const X = matrixFromRows(rows, 'X')

function rowOf(i: number): Matrix {
  return matrixFromRows([rows[i]!], 'X')
}

function designWith(activation: Activation, sigmaB = 0.2): NetworkDesign {
  return networkDesignSchema.parse({ depthHidden: 2, activation, sigmaW: 1.3, sigmaB })
}

const psis = [
  { name: 'erf_prime', m: 3 },
  { name: 'boxcar', a: 0.5, theta: 0.2 }
].map((psi) => surrogateSchema.parse(psi))

/** A row at a time has too few pairs for tables: single pairs go through. */
function expectSameAsSinglePairs(design: NetworkDesign): void {
  for (const psi of psis) {
    const { nngp, ntk, sgNtk } = computeKernels(design, psi, X)
    for (const i of [0, 20]) {
      const single = computeKernels(design, psi, rowOf(i), X)
      const exchanged = computeKernels(design, psi, X, rowOf(i))
      for (let j = 0; j < rows.length; j++) {
        const at = i * rows.length + j
        expectNear(nngp.values[at]!, single.nngp.values[j]!)
        expectNear(ntk.values[at]!, single.ntk.values[j]!)
        expectNear(sgNtk!.values[at]!, single.sgNtk!.values[j]!)
        expectNear(sgNtk!.values[j * rows.length + i]!, exchanged.sgNtk!.values[j]!)
      }
    }
  }
}

/** Kernels here are of order one where they are not larger. */
function expectNear(got: number, wanted: number): void {
  if (got === wanted) return
  expect(Math.abs(got - wanted)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(wanted)))
}

const tabulated = [
  ...everyActivation,
  activationSchema.parse({ name: 'hard_tanh', m: 4, theta: 0.3 }),
  activationSchema.parse({ name: 'erf', m: 20, theta: 0.4 })
].filter((activation) => !activationMath(activation).batch)

test('activations without a batch form are tabulated on the circle', () => {
  expect(tabulated.length).toBeGreaterThan(12)
  for (const activation of tabulated) {
    const { layers } = finish(kernelPlan(designWith(activation), null, X, null))
    expect(layers.map((layer) => layer.prepare !== undefined)).toEqual([true, true])
  }
})

describe('kernels on the circle are those of single pairs', () => {
  test.each(tabulated.map((activation) => [label(activation), activation] as const))(
    '%s',
    (_name, activation) => {
      expectSameAsSinglePairs(designWith(activation))
    }
  )

  test('opposite points without biases', () => {
    for (const name of ['sign', 'leaky_relu', 'cos'] as const) {
      expectSameAsSinglePairs(designWith(activationSchema.parse({ name, theta: 0.4 }), 0))
    }
  })
})

describe('single pairs remain', () => {
  const design = designWith(activationSchema.parse({ name: 'hard_tanh' }))

  test('for points of unequal norms', () => {
    const uneven = rows.map((row, i) => row.map((x) => x * (1 + 1e-9 * i)))
    const { layers } = finish(kernelPlan(design, null, matrixFromRows(uneven, 'X'), null))
    expect(layers.some((layer) => layer.prepare)).toBe(false)
  })

  test('for two sets of different norms, and for few pairs', () => {
    const far = matrixFromRows(
      rows.map((row) => row.map((x) => 2 * x)),
      'X2'
    )
    for (const [one, other] of [
      [X, far],
      [rowOf(0), X]
    ] as const) {
      const { layers } = finish(kernelPlan(design, null, one, other))
      expect(layers.some((layer) => layer.prepare)).toBe(false)
    }
  })
})

test('tables are built in small turns, and from the start where that was abandoned', () => {
  const design = designWith(activationSchema.parse({ name: 'sign', theta: 0.37 }))
  const abandoned = kernelPieces(design, psis[0]!, X, null)
  for (let turn = 0; turn < 40; turn++) expect(abandoned.next().done).toBe(false)
  expectSameAsSinglePairs(design)
})
