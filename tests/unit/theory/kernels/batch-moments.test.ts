import { describe, expect, test } from 'vitest'
import { activationMath } from '@shared/design/activation'
import { surrogateMath } from '@shared/design/surrogate'
import { emptyMomentBatch } from '@shared/theory/kernels/batch-moments'
import { BATCH, emptyPairBatch } from '@shared/theory/kernels/pair-batch'
import {
  coincidentPair,
  exchanged,
  gramFromDistance,
  type GaussianPair
} from '@shared/theory/moments/gaussian-pair'
import { everyActivation, everySurrogate, label } from '../../../support/every-instance'

function pairOf(a: number, b: number, correlation: number): GaussianPair {
  const c = correlation * Math.sqrt(a * b)
  const distance = a + b - 2 * c
  return { a, b, c, distance, sum: a + b + 2 * c, gram: a * b * (1 - correlation ** 2) }
}

/** (u, u + ε): of equal variance, as near as asked for. */
function nearPair(a: number, distance: number, side: 1 | -1): GaussianPair {
  const c = a - distance / 2
  const gram = gramFromDistance(a, a, c, distance, 4 * a - distance)
  return side === 1
    ? { a, b: a, c, distance, sum: 4 * a - distance, gram }
    : { a, b: a, c: -c, distance: 4 * a - distance, sum: distance, gram }
}

const pairs: GaussianPair[] = [
  ...[-0.95, -0.6, -0.05, 0, 0.3, 0.8, 0.97].flatMap((correlation) => [
    pairOf(1, 1, correlation),
    pairOf(0.3, 2.2, correlation),
    pairOf(3, 0.7, correlation)
  ]),
  ...[1e-3, 1e-8, 1e-15].flatMap((distance) => [
    nearPair(1.3, distance, 1),
    nearPair(1.3, distance, -1)
  ]),
  coincidentPair(0.8),
  { ...coincidentPair(0), b: 1.2, distance: 1.2, sum: 1.2 },
  { ...coincidentPair(0), a: 0.7, distance: 0.7, sum: 0.7 },
  coincidentPair(0)
]
const batch = emptyPairBatch()
pairs.forEach((pair, p) => {
  for (const [name, values] of Object.entries(batch)) values[p] = pair[name as keyof GaussianPair]
})

/** Numbers that agree to rounding; infinities agree exactly. */
function expectNear(got: number, wanted: number, scale = Math.abs(wanted)): void {
  if (got === wanted) return
  expect(Math.abs(got - wanted)).toBeLessThanOrEqual(2e-14 * scale)
}

const fast = everyActivation.filter((activation) => activationMath(activation).batch)

test('there are activations with loops of their own', () => {
  expect(fast.map((activation) => activation.name)).toEqual(
    expect.arrayContaining(['sign', 'heaviside', 'erf', 'relu', 'identity'])
  )
})

describe.each(fast.map((activation) => [label(activation), activation] as const))(
  'batches of %s are its single pairs',
  (_name, activation) => {
    const math = activationMath(activation)
    const moments = math.batch!

    test('moments', () => {
      const out = emptyMomentBatch()
      moments.moments(batch, pairs.length, out)
      pairs.forEach((pair, p) => {
        const scale = Math.sqrt(
          math.secondMoment(coincidentPair(pair.a)) * math.secondMoment(coincidentPair(pair.b))
        )
        expectNear(out.second[p]!, math.secondMoment(pair), scale)
        // Single pairs of ReLU form π − angle by subtraction, which batches do not.
        const derivative = math.derivativeMoment(pair)
        expectNear(out.derivative[p]!, derivative, Math.max(0.01, derivative))
        if (moments.knowsDifference) expectNear(out.difference[p]!, math.differenceMoment!(pair))
        if (moments.knowsSum) expectNear(out.sum[p]!, math.sumMoment!(pair))
      })
    })

    // ReLU with any other surrogate goes through single pairs, by slow quadrature.
    const tabulated = everySurrogate.filter(
      (psi) => activation.name !== 'relu' || surrogateMath(psi).isEven
    )
    test.each(tabulated.map((psi) => [label(psi), psi] as const))('with %s', (_psi, psi) => {
      const surrogate = surrogateMath(psi)
      const [out, mirrored] = [new Float64Array(BATCH), new Float64Array(BATCH)]
      moments.surrogate(surrogate).moments(batch, pairs.length, out, mirrored)
      const alone = new Float64Array(BATCH)
      moments.surrogate(surrogate).moments(batch, pairs.length, alone, null)
      expect(alone).toEqual(out)
      pairs.forEach((pair, p) => {
        expectNear(out[p]!, math.surrogateMoment(pair, surrogate))
        expectNear(mirrored[p]!, math.surrogateMoment(exchanged(pair), surrogate))
      })
    })
  }
)
