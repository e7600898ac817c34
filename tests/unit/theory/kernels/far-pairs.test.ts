import { describe, expect, test } from 'vitest'
import { activationMath, activationSchema } from '@shared/design/activation'
import { networkDesignSchema } from '@shared/design/network'
import { surrogateSchema } from '@shared/design/surrogate'
import { fillStandardNormal, streamPurpose } from '@shared/random/stream'
import { farAngle, LEAST_GAP } from '@shared/theory/kernels/far-pairs'
import { blockRanges, computeBlock, type KernelBlock } from '@shared/theory/kernels/kernel-blocks'
import { kernelPlan, type KernelPlan } from '@shared/theory/kernels/kernel-plan'
import { finish } from '@shared/theory/stepwise'

const POINTS = 90
const DIMENSION = 3

/** Points of unequal norm in few dimensions, so that many of them nearly coincide or oppose. */
function points() {
  const normals = new Float32Array(POINTS * DIMENSION)
  fillStandardNormal({ seed: 5, purpose: streamPurpose.weights }, normals)
  const values = Float64Array.from(normals, (value, i) => value * (1 + (i % 7)))
  // One point twice, and one that opposes another.
  values.copyWithin(DIMENSION, 0, DIMENSION)
  for (let k = 0; k < DIMENSION; k++) values[2 * DIMENSION + k] = -2 * values[k]!
  return { values, rows: POINTS, columns: DIMENSION }
}

function whole(plan: KernelPlan): KernelBlock {
  const [range] = blockRanges(plan)
  return finish(computeBlock(plan, range!))[0]!
}

/** The largest difference beside the entries' size; infinities must be equal. */
function difference(got: Float64Array, wanted: Float64Array): number {
  const finite = wanted.filter(Number.isFinite)
  const size = finite.reduce((total, value) => total + Math.abs(value), 0) / finite.length
  return got.reduce((worst, value, i) => {
    if (value === wanted[i]) return worst
    return Math.max(worst, Math.abs(value - wanted[i]!) / Math.max(size, Math.abs(wanted[i]!)))
  }, 0)
}

describe('far pairs and the careful way agree', () => {
  const activations = [
    { name: 'sign' },
    { name: 'heaviside' },
    { name: 'erf', m: 5 },
    { name: 'erf', m: 0.3 },
    { name: 'relu' }
  ]
  test.each(activations)('$name $m', (activation) => {
    for (const sigmaB of [0, 0.4]) {
      const design = networkDesignSchema.parse({
        activation: activationSchema.parse(activation),
        ...{ depthHidden: 3, sigmaW: 1.5, sigmaB }
      })
      const surrogate = surrogateSchema.parse({ name: 'fast_sigmoid', beta: 2 })
      const plan = finish(kernelPlan(design, surrogate, points(), null))
      expect(plan.far).not.toBeNull()
      const [far, careful] = [whole(plan), whole({ ...plan, far: null })]
      expect(difference(far.nngp, careful.nngp)).toBeLessThan(1e-13)
      expect(difference(far.ntk, careful.ntk)).toBeLessThan(1e-12)
      expect(difference(far.sgNtk!, careful.sgNtk!)).toBeLessThan(1e-12)
    }
  })
})

test('the angle is asin ρ to rounding', () => {
  for (let i = 0; i < 60_000; i++) {
    const rho = Math.sin(i * 0.7390851 * (i % 5 === 0 ? 1e-3 : 1))
    const gap = 1 - rho * rho
    if (gap <= LEAST_GAP) continue
    expect(Math.abs(farAngle(rho, Math.sqrt(gap)) - Math.asin(rho))).toBeLessThan(4.5e-16)
  }
})

describe.each(['sign', 'relu'])('%s marks what is not far', (name) => {
  const { far } = activationMath(activationSchema.parse({ name })).batch!

  test.each([
    ['all far', [0, 0.5, -0.97], [0, 0, 0]],
    ['coinciding, opposing, without variance', [1, -1, NaN, 0.3], [1, 1, 1, 0]],
    ['on both sides of the bound', [0.974, 0.975, -0.974, -0.975], [0, 1, 0, 1]]
  ])('%s', (_name, correlations, wanted) => {
    const count = correlations.length
    const ones = new Float64Array(count).fill(1)
    const row = {
      nngp: Float64Array.from(correlations),
      ntk: new Float64Array(count),
      slope: new Float64Array(count),
      near: new Uint8Array(count)
    }
    const points = { variance: 1, root: 1, variances: ones, roots: ones, from: 0 }
    const anyNear = far!.advance(row, points, count, { weight: 1, bias: 0 })
    expect([...row.near]).toEqual(wanted)
    expect(anyNear).toBe(wanted.includes(1))
  })
})
