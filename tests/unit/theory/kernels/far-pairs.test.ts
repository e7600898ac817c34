import { describe, expect, test } from 'vitest'
import { activationSchema } from '@shared/design/activation'
import { networkDesignSchema } from '@shared/design/network'
import { surrogateSchema } from '@shared/design/surrogate'
import { fillStandardNormal, streamPurpose } from '@shared/random/stream'
import { emptyAngleBatch, fillAngles } from '@shared/theory/kernels/far-pairs'
import { blockRanges, computeBlock, type KernelBlock } from '@shared/theory/kernels/kernel-blocks'
import { kernelPlan, type KernelPlan } from '@shared/theory/kernels/kernel-plan'
import { BATCH } from '@shared/theory/kernels/pair-batch'
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
      const plan = kernelPlan(design, surrogate, points(), null)
      expect(plan.far).not.toBeNull()
      const [far, careful] = [whole(plan), whole({ ...plan, far: null })]
      expect(difference(far.nngp, careful.nngp)).toBeLessThan(1e-13)
      expect(difference(far.ntk, careful.ntk)).toBeLessThan(1e-12)
      expect(difference(far.sgNtk!, careful.sgNtk!)).toBeLessThan(1e-12)
    }
  })
})

test('the angle is asin ρ to rounding, and what is not far is marked', () => {
  const angles = emptyAngleBatch()
  const range = { first: 0, second: 0, count: BATCH, diagonal: false }
  const ones = new Float64Array(BATCH).fill(1)
  for (let round = 0; round < 500; round++) {
    const c = Float64Array.from({ length: BATCH }, (_, p) =>
      Math.sin((round * BATCH + p) * 0.7390851 * (p % 5 === 0 ? 1e-3 : 1))
    )
    angles.near.fill(0)
    fillAngles(c, ones, ones, range, angles)
    c.forEach((rho, p) => {
      expect(angles.near[p]).toBe(1 - rho * rho > 0.05 ? 0 : 1)
      if (angles.near[p] === 0) {
        expect(Math.abs(angles.angle[p]! - Math.asin(rho))).toBeLessThan(4.5e-16)
      }
    })
  }
})
