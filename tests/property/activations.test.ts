import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import {
  activationDefinition,
  activationMath,
  activations,
  activationSchema,
  type Activation,
  type ActivationName
} from '@shared/design/activation'
import { matrixFromRows } from '@shared/design/dataset'
import { networkDesignSchema } from '@shared/design/network'
import { numberElementwise as numbers } from '@shared/design/number-elementwise'
import {
  surrogateDefinition,
  surrogateMath,
  surrogates,
  type Surrogate,
  type SurrogateName
} from '@shared/design/surrogate'
import { computeKernels } from '@shared/theory/kernels'
import { exchanged, type GaussianPair } from '@shared/theory/moments/gaussian-pair'
import { gaussLegendre, integrate } from '@shared/theory/moments/gauss-legendre'
import { adaptiveMean } from '../support/adaptive-quadrature'
import { arbitraryStated } from '../support/arbitrary-functions'

const names = Object.keys(activations) as ActivationName[]
const drawn = (name: ActivationName) =>
  arbitraryStated(activationDefinition(name).schema as z.ZodObject) as fc.Arbitrary<Activation>
const anySurrogate = fc.oneof(
  ...(Object.keys(surrogates) as SurrogateName[]).map(
    (name) =>
      arbitraryStated(surrogateDefinition(name).schema as z.ZodObject) as fc.Arbitrary<Surrogate>
  )
)
const valueOf = (stated: Activation) => {
  const { evaluate } = activationMath(stated)
  return (u: number) => evaluate(numbers, u)
}

/** A pair at a correlation given with its complement, so that nothing is lost near ±1. */
const pairOf = (a: number, b: number, correlation: number, short = 1 - Math.abs(correlation)) => {
  const root = Math.sqrt(a * b)
  const apart = (Math.sqrt(a) - Math.sqrt(b)) ** 2 + 2 * root * short
  const together = (Math.sqrt(a) + Math.sqrt(b)) ** 2 - 2 * root * short
  const gram = a * b * short * (2 - short)
  const c = correlation * root
  return correlation >= 0
    ? { a, b, c, gram, distance: apart, sum: together }
    : { a, b, c, gram, distance: together, sum: apart }
}
const variances = fc.constantFrom(0.3, 1, 2.7)
const pairs = fc
  .tuple(variances, variances, fc.constantFrom(-0.9, -0.5, 0, 0.4, 0.8, 0.9))
  .map(([a, b, correlation]) => pairOf(a, b, correlation))

/** Where an activation may have kinks or jumps: the slow route is cut there. */
const cutsOf = (stated: Activation) => {
  const { theta = 0, m = Infinity } = stated as { theta?: number; m?: number }
  // The formulas that are drawn have their kinks there.
  if (stated.name === 'expression') return [theta - 1, theta, theta + 1]
  return [theta - 1 / m, theta, theta + 1 / m]
}

const rule = gaussLegendre(14)
const PANEL = 0.5
/** Panels beside a cut end at these distances from it: a spike's tails vary ever slower. */
const BESIDE = [0.02, 0.1, 0.5]

/** E f(mean + deviation·Z) on panels cut at the kinks and jumps of f, and finer beside those. */
function panelMean(
  f: (z: number) => number,
  mean: number,
  deviation: number,
  cuts: readonly number[]
): number {
  const inside = cuts
    .flatMap((cut) => [cut, ...BESIDE.flatMap((distance) => [cut - distance, cut + distance])])
    .map((edge) => (edge - mean) / deviation)
    .filter((x) => Math.abs(x) < 9)
  const edges = [-9, ...inside, 9].sort((x, y) => x - y)
  const weighted = (x: number) => f(mean + deviation * x) * Math.exp((-x * x) / 2)
  let total = 0
  for (let i = 1; i < edges.length; i++) {
    const [from, to] = [edges[i - 1]!, edges[i]!]
    const count = Math.max(1, Math.ceil((to - from) / PANEL))
    const width = (to - from) / count
    for (let k = 0; k < count; k++) {
      total += integrate(rule, from + k * width, from + (k + 1) * width, weighted)
    }
  }
  return total / Math.sqrt(2 * Math.PI)
}

/** E f(u)g(v, u) by a product of panels: brute force in two dimensions. */
function expectation(
  { a, c, gram }: GaussianPair,
  f: (u: number) => number,
  fCuts: readonly number[],
  g: (v: number, u: number) => number,
  gCuts: readonly number[]
): number {
  const deviation = Math.sqrt(gram / a)
  const over = (u: number) => f(u) * panelMean((v) => g(v, u), (c / a) * u, deviation, gCuts)
  return panelMean(over, 0, Math.sqrt(a), fCuts)
}

const few = { numRuns: 8 }

describe.each(names)('%s', (name) => {
  test('E φ(u)φ(v), E (φ(u) ∓ φ(v))² are those of brute force', () => {
    fc.assert(
      fc.property(drawn(name), pairs, (stated, pair) => {
        const math = activationMath(stated)
        const phi = valueOf(stated)
        const cuts = cutsOf(stated)
        const product = expectation(pair, phi, cuts, phi, cuts)
        expect(math.secondMoment(pair)).toBeCloseTo(product, 8)
        const square = (variance: number) =>
          adaptiveMean((u) => phi(u) ** 2, 0, Math.sqrt(variance), { cuts })
        const squares = square(pair.a) + square(pair.b)
        if (math.differenceMoment) {
          expect(math.differenceMoment(pair)).toBeCloseTo(squares - 2 * product, 8)
        }
        if (math.sumMoment) expect(math.sumMoment(pair)).toBeCloseTo(squares + 2 * product, 8)
      }),
      few
    )
  })

  test('E φ′(u)φ′(v) is the derivative of E φ(u)φ(v) in c (Price)', () => {
    fc.assert(
      fc.property(drawn(name), pairs, (stated, { a, b, c }) => {
        const math = activationMath(stated)
        const at = (shift: number) =>
          math.secondMoment(pairOf(a, b, (c + shift) / Math.sqrt(a * b)))
        const h = 1e-4
        const slope = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h)
        const got = math.derivativeMoment(pairOf(a, b, c / Math.sqrt(a * b)))
        expect(Math.abs(got - slope)).toBeLessThan(2e-7 * (1 + Math.abs(got)))
      }),
      few
    )
  })

  test('E φ′(u)ψ(v), either way round, is that of brute force', () => {
    fc.assert(
      fc.property(drawn(name), anySurrogate, pairs, (stated, surrogate, pair) => {
        const math = activationMath(stated)
        const psi = surrogateMath(surrogate)
        for (const one of [pair, exchanged(pair)]) {
          // By parts, so that φ′ may be a delta: E φ′(u)ψ(v) = E φ(u)ψ(v) (bu − cv)/(ab − c²).
          const { b, c, gram } = one
          const weighted = (v: number, u: number) =>
            psi.evaluate(numbers, v) * ((b * u - c * v) / gram)
          const slow = expectation(one, valueOf(stated), cutsOf(stated), weighted, psi.breaks)
          const got = math.surrogateMoment(one, psi)
          expect(Math.abs(got - slow)).toBeLessThan(1e-7 * (1 + Math.abs(slow)))
        }
      }),
      { numRuns: 8 }
    )
  })

  test('φ′ as it trains is the slope of φ', () => {
    fc.assert(
      fc.property(drawn(name), fc.double({ min: -3, max: 3, noNaN: true }), (stated, z) => {
        const { derivative } = activationMath(stated)
        if (!derivative || cutsOf(stated).some((cut) => Math.abs(cut - z) < 1e-3)) return
        const phi = valueOf(stated)
        const slope = (phi(z + 1e-5) - phi(z - 1e-5)) / 2e-5
        expect(derivative(numbers, z)).toBeCloseTo(slope, 6)
      })
    )
  })

  test('coinciding inputs: E φ² and, where it is finite, E φ′²', () => {
    fc.assert(
      fc.property(drawn(name), variances, fc.constantFrom(1, -1), (stated, a, side) => {
        const math = activationMath(stated)
        const pair = pairOf(a, a, side, 0)
        const root = Math.sqrt(a)
        const cuts = cutsOf(stated).flatMap((cut) => [cut, -cut])
        const mean = (f: (u: number) => number) => adaptiveMean(f, 0, root, { cuts })
        const phi = valueOf(stated)
        expect(math.secondMoment(pair)).toBeCloseTo(
          mean((u) => phi(u) * phi(side * u)),
          10
        )
        const { derivative } = math
        if (!derivative) return
        const slope = (u: number) => derivative(numbers, u)
        const slopes = mean((u) => slope(u) * slope(side * u))
        expect(math.derivativeMoment(pair)).toBeCloseTo(slopes, 9)
        if (side === 1 && math.differenceMoment) {
          expect(math.differenceMoment(pair)).toBeLessThan(1e-30)
          const short = 1e-12
          // Nearly coinciding: (u − v)² E φ′², to the order of the square root of what is left.
          const near = math.differenceMoment(pairOf(a, a, 1 - short, short))
          expect(near / (2 * a * short * slopes)).toBeCloseTo(1, 5)
        }
      }),
      { numRuns: 30 }
    )
  })

  test('E φ′(u)ψ(v) at coinciding, opposite and zero inputs is its limit', () => {
    fc.assert(
      fc.property(drawn(name), anySurrogate, fc.constantFrom(1, -1), (stated, surrogate, side) => {
        const math = activationMath(stated)
        const psi = surrogateMath(surrogate)
        const { derivative } = math
        if (!derivative) return
        const cuts = [...cutsOf(stated), ...psi.breaks, ...psi.breaks.map((at) => -at)]
        const both = (u: number) => derivative(numbers, u) * psi.evaluate(numbers, side * u)
        const slow = adaptiveMean(both, 0, 1.2, { cuts })
        const got = math.surrogateMoment(pairOf(1.44, 1.44, side, 0), psi)
        expect(Math.abs(got - slow)).toBeLessThan(1e-9 * (1 + Math.abs(slow)))
        const none = math.surrogateMoment(pairOf(0, 0, 1, 0), psi)
        expect(none).toBeCloseTo(derivative(numbers, 0) * psi.valueAtZero, 12)
      }),
      { numRuns: 24 }
    )
  })

  test('moments depend on steepness times deviation alone', () => {
    fc.assert(
      fc.property(drawn(name), pairs, (stated, pair) => {
        const key = ['m', 'beta', 'omega'].find((one) => one in stated)
        if (key === undefined) return
        const { theta, ...rest } = stated as unknown as Record<string, number>
        const narrow = activationSchema.parse({
          ...rest,
          theta: 0.5 * theta!,
          [key]: 2 * rest[key]!
        })
        const scaled = pairOf(pair.a / 4, pair.b / 4, pair.c / Math.sqrt(pair.a * pair.b))
        const [one, other] = [activationMath(stated), activationMath(narrow)]
        expect(other.secondMoment(scaled)).toBeCloseTo(one.secondMoment(pair), 12)
        expect(other.derivativeMoment(scaled) / 4).toBeCloseTo(one.derivativeMoment(pair), 11)
      }),
      few
    )
  })

  test('θ → −θ reflects: E φ(−u; −θ)φ(−v; −θ) comes from the reflected function', () => {
    fc.assert(
      fc.property(drawn(name), pairs, (stated, pair) => {
        // relu is not symmetric about its threshold, so its mirror is another function.
        if (!('theta' in stated) || /relu/.test(name)) return
        const mirrored = activationMath({ ...stated, theta: -stated.theta })
        const math = activationMath(stated)
        expect(mirrored.derivativeMoment(pair)).toBeCloseTo(math.derivativeMoment(pair), 11)
        if (/heaviside|logistic/.test(name)) return
        expect(mirrored.secondMoment(pair)).toBeCloseTo(math.secondMoment(pair), 12)
      }),
      few
    )
  })

  test('kernels are never NaN, whatever the inputs', () => {
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
    fc.assert(
      fc.property(
        drawn(name),
        anySurrogate,
        fc.constantFrom(0, 0.2),
        // Formulas with kinks take long near coinciding points.
        fc.constantFrom(...(name === 'expression' ? [1] : [1, 3])),
        (activation, surrogate, sigmaB, depthHidden) => {
          const design = networkDesignSchema.parse({ depthHidden, activation, sigmaW: 1, sigmaB })
          const { nngp, ntk, sgNtk } = computeKernels(design, surrogate, X)
          expect([...nngp.values].every(Number.isFinite)).toBe(true)
          expect([...ntk.values].some(Number.isNaN)).toBe(false)
          expect([...sgNtk!.values].some(Number.isNaN)).toBe(false)
        }
      ),
      { numRuns: name === 'expression' ? 2 : 6 }
    )
  })
})

test.each([
  [{ name: 'erf', m: 400 }, 'sign'],
  [{ name: 'tanh', beta: 400 }, 'sign'],
  [{ name: 'hard_tanh', m: 400 }, 'sign'],
  [{ name: 'logistic', beta: 800 }, 'heaviside']
])('%o is nearly %s', (steep, step) => {
  for (const theta of [0, 0.4]) {
    const smooth = activationMath(activationSchema.parse({ ...steep, theta }))
    const limit = activationMath(activationSchema.parse({ name: step, theta }))
    const pair = pairOf(0.02, 0.03, 0.6)
    expect(smooth.secondMoment(pair)).toBeCloseTo(limit.secondMoment(pair), 2)
    const psi = surrogateMath({ name: 'erf_prime', m: 1.5, amp: 1, theta: 0.2 })
    const ratio = smooth.surrogateMoment(pair, psi) / limit.surrogateMoment(pair, psi)
    expect(ratio).toBeCloseTo(1, 2)
  }
})
