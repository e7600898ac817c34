import { describe, expect, test } from 'vitest'
import { numberElementwise as numbers } from '@shared/design/number-elementwise'
import { surrogateMath } from '@shared/design/surrogate'
import { matchedToJump, surrogatePresets } from '@shared/design/surrogate-presets'
import { adaptiveIntegral } from '../../support/adaptive-quadrature'

const logistic = (x: number) => 1 / (1 + Math.exp(-x))

/** ψ as the libraries' code has it, at the defaults that the title states. */
const asImplemented: Readonly<Record<string, (x: number) => number>> = {
  'snntorch-fast-sigmoid': (x) => 1 / (25 * Math.abs(x) + 1) ** 2,
  'snntorch-atan': (x) => 2 / 2 / (1 + ((Math.PI / 2) * 2 * x) ** 2),
  'snntorch-sigmoid': (x) => 25 * logistic(25 * x) * (1 - logistic(25 * x)),
  'snntorch-straight-through-estimator': () => 1,
  'snntorch-lso': (x) => (x > 0 ? 1 : 0.1),
  'snntorch-spike-rate-escape': (x) => 25 * Math.exp(-Math.abs(x - 1)),
  'snntorch-sfs': (x) => (x > 1 ? 1 / (25 * Math.abs(x) + 1) ** 2 : 0),
  'snntorch-triangular': (x) => (x >= 0 ? -1 : 1),
  'norse-super': (x) => 1 / (100 * Math.abs(x) + 1) ** 2,
  'norse-heavi-erfc': (x) => (2 * Math.exp(-(100 ** 2) * x ** 2)) / Math.sqrt(Math.PI),
  'norse-tanh': (x) => 1 - Math.tanh(100 * x) ** 2,
  'norse-circ': (x) => {
    const r = Math.sqrt(x * x + 1e4)
    return (-(x * x) / (2 * r ** 3) + 1 / (2 * r)) * 2 * 100
  },
  'norse-triangle': (x) => Math.max(0, 1 - Math.abs(x)) * 0.3,
  'spikingjelly-sigmoid': (x) => 4 * logistic(4 * x) * (1 - logistic(4 * x)),
  'spikingjelly-erf': (x) => (2 / Math.sqrt(Math.PI)) * Math.exp(-((2 * x) ** 2)),
  'spikingjelly-atan': (x) => 1 / (1 + (Math.PI * x) ** 2),
  'spikingjelly-softsign': (x) => 1 / (2 * 2 * (1 / 2 + Math.abs(x)) ** 2),
  'spikingjelly-superspike': (x) => 1 / (1 + Math.abs(x)) ** 2,
  'spikingjelly-piecewiseexp': (x) => 0.5 * Math.exp(-Math.abs(x)),
  'spikingjelly-piecewisequadratic': (x) => Math.max(0, 1 - Math.abs(x)),
  'spikingjelly-rect': (x) => (Math.abs(x) < 0.5 ? 1 : 0),
  'spikingjelly-nonzerosignlogabs': (x) => 1 / (1 + Math.abs(x)),
  'spikingjelly-piecewiseleakyrelu': (x) => (Math.abs(x) <= 1 ? 1 / 2 : 0.01),
  'spikingjelly-s2nn': (x) => (x < 0 ? 4 * logistic(4 * x) * (1 - logistic(4 * x)) : 1 / (x + 1)),
  'spikingjelly-squarewavefourierseries': (x) => (4 / 8) * Math.cos(((2 * Math.PI) / 8) * x),
  'spikingjelly-fakenumericalgradient': (x) => Math.min(Math.sign(x) / x, 0.3),
  'spikingjelly-qpseudospike': (x) => (1 + (2 * Math.abs(x)) / (2 - 1)) ** -2,
  'spikingjelly-deterministicpass': () => 1,
  'spikingjelly-leakykrelu': (x) => (x >= 0 ? 1 : 0),
  'spikingjelly-logtailedrelu': (x) => (x <= 0 ? 0 : x <= 1 ? 1 : 1 / x),
  'lava-dl-slayer': (x) => 0.5 * Math.exp(-Math.abs(x)),
  'slayer-slayerpytorch': (x) => Math.exp(-Math.abs(x))
}
const points = [-7.3, -1.02, -0.49, -0.04, -0.003, 0.002, 0.03, 0.47, 0.98, 1.6, 12]

test('every preset has a name of its own', () => {
  expect(surrogatePresets.map(({ id }) => id).sort()).toEqual(Object.keys(asImplemented).sort())
})

describe.each(surrogatePresets.map((preset) => [preset.title, preset] as const))(
  '%s',
  (_title, { id, surrogate }) => {
    const { evaluate, area, breaks } = surrogateMath(surrogate)
    const psi = (z: number) => evaluate(numbers, z)

    test('is ψ as the library computes it', () => {
      for (const x of points) {
        const wanted = asImplemented[id]!(x)
        expect(Math.abs(psi(x) - wanted)).toBeLessThan(1e-14 + 1e-12 * Math.abs(wanted))
      }
    })

    test('is matched to the jump of sign and Heaviside, or refused', () => {
      for (const [name, jump] of [
        ['sign', 2],
        ['heaviside', 1]
      ] as const) {
        const match = () => matchedToJump(surrogate, { name, theta: 0 })
        if (!(area > 0 && area < Infinity)) {
          expect(match).toThrow(/area (Infinity|-?0|-\d)/)
          continue
        }
        const matched = surrogateMath(match())
        expect(matched.area).toBeCloseTo(jump, 12)
        const onLine = (t: number) => matched.evaluate(numbers, Math.sinh(t)) * Math.cosh(t)
        const cuts = breaks.map(Math.asinh)
        const integral = adaptiveIntegral(onLine, -60, 60, { tolerance: 1e-10, pieces: 400, cuts })
        expect(integral).toBeCloseTo(jump, 8)
      }
    })
  }
)

test('an activation without a jump has none to match', () => {
  const { surrogate } = surrogatePresets[0]!
  expect(() => matchedToJump(surrogate, { name: 'relu', theta: 0 })).toThrow(/ReLU has no jump/)
})
