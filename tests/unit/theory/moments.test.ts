import { describe, expect, test } from 'vitest'
import { activationMath, activationSchema, type Activation } from '@shared/design/activation'
import { numberElementwise as numbers } from '@shared/design/number-elementwise'
import { surrogateMath, surrogateSchema } from '@shared/design/surrogate'
import { gramFromDistance, type GaussianPair } from '@shared/theory/moments/gaussian-pair'
import { gaussLegendre, integrate } from '@shared/theory/moments/gauss-legendre'

const pair = (a: number, b: number, c: number): GaussianPair => ({
  a,
  b,
  c,
  gram: a * b - c * c,
  distance: a + b - 2 * c,
  sum: a + b + 2 * c
})
const pairs = [pair(1, 1, 0.3), pair(0.4, 2.5, -0.6), pair(3, 0.7, 1.35)]

const panel = gaussLegendre(14)
const density = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)

/** ∫ f(z) N(z; 0, 1) dz in panels cut where f has jumps or kinks: an independent, slow route. */
function gaussian(f: (z: number) => number, cuts: number[]): number {
  const edges = [-9, ...cuts.filter((x) => Math.abs(x) < 9), 9].sort((x, y) => x - y)
  return edges.slice(1).reduce((total, to, i) => {
    const from = edges[i]!
    const parts = Math.max(1, Math.ceil((to - from) / 0.5))
    for (let k = 0; k < parts; k++) {
      const width = (to - from) / parts
      total += integrate(panel, from + k * width, from + (k + 1) * width, (z) => f(z) * density(z))
    }
    return total
  }, 0)
}

/** E f(u) g(v), jumps of f at `jump`, of g at `jump2`. */
function expectation(
  { a, c, gram }: GaussianPair,
  f: (u: number) => number,
  g: (v: number) => number,
  jump: number,
  jump2: number
): number {
  const deviation = Math.sqrt(gram / a)
  return gaussian(
    (x) => {
      const mean = (c / Math.sqrt(a)) * x
      const inner = gaussian((y) => g(mean + deviation * y), [(jump2 - mean) / deviation])
      return f(Math.sqrt(a) * x) * inner
    },
    [jump / Math.sqrt(a)]
  )
}

const activations: Activation[] = [
  { name: 'sign' },
  { name: 'sign', theta: 0.6 },
  { name: 'heaviside', theta: -0.4 },
  { name: 'erf', m: 1.5, theta: 0.5 },
  { name: 'relu' },
  { name: 'tanh' },
  { name: 'identity' }
].map((activation) => activationSchema.parse(activation))
const statedSurrogates = [
  { name: 'erf_prime', m: 2 },
  { name: 'erf_prime', m: 0.8, theta: 0.7 },
  { name: 'ste' },
  { name: 'boxcar', a: 0.6, amp: 0.7 },
  { name: 'boxcar', a: 0.6, amp: 0.7, theta: -0.4 },
  { name: 'triangular', a: 0.9 },
  { name: 'triangular', a: 0.9, theta: 0.5 },
  { name: 'exponential', alpha: 1.3, beta: 2 },
  { name: 'exponential', alpha: 1.3, beta: 2, theta: 0.8 },
  { name: 'arctan', kappa: 2, amp: 0.8 },
  { name: 'arctan', kappa: 2, amp: 0.8, theta: -0.5 },
  { name: 'fast_sigmoid', beta: 3 },
  { name: 'fast_sigmoid', beta: 3, theta: 0.4 },
  { name: 'logistic_prime', beta: 4 },
  { name: 'logistic_prime', beta: 4, theta: -0.6 }
]
/** Where a surrogate has jumps or kinks: the slow route must not integrate over them. */
const kinksOf = ({ a, theta = 0 }: { a?: number; theta?: number }) =>
  a === undefined ? [theta] : [theta - a, theta, theta + a]
const jumpOf = (activation: Activation) => ('theta' in activation ? activation.theta : 0)

describe.each(activations.map((a) => [JSON.stringify(a), a] as const))(
  '%s',
  (_name, activation) => {
    const math = activationMath(activation)
    const value = (z: number) => math.evaluate(numbers, z)
    const jump = jumpOf(activation)

    test('E φ(u)φ(v), and the differences and sums that go with it', () => {
      for (const p of pairs) {
        const product = expectation(p, value, value, jump, jump)
        expect(math.secondMoment(p)).toBeCloseTo(product, 9)
        const squares =
          gaussian((z) => value(Math.sqrt(p.a) * z) ** 2, [jump / Math.sqrt(p.a)]) +
          gaussian((z) => value(Math.sqrt(p.b) * z) ** 2, [jump / Math.sqrt(p.b)])
        if (math.differenceMoment) {
          expect(math.differenceMoment(p)).toBeCloseTo(squares - 2 * product, 9)
        }
        if (math.sumMoment) expect(math.sumMoment(p)).toBeCloseTo(squares + 2 * product, 9)
      }
    })

    test('E φ′(u)φ′(v) is the derivative of E φ(u)φ(v) in c (Price)', () => {
      for (const { a, b, c } of pairs) {
        const h = 1e-4
        const slope =
          (8 * (math.secondMoment(pair(a, b, c + h)) - math.secondMoment(pair(a, b, c - h))) -
            (math.secondMoment(pair(a, b, c + 2 * h)) - math.secondMoment(pair(a, b, c - 2 * h)))) /
          (12 * h)
        expect(math.derivativeMoment(pair(a, b, c))).toBeCloseTo(slope, 8)
      }
    })

    test.each(statedSurrogates)(
      'E φ′(u)ψ(v) for %o: true derivative on the first argument',
      (stated) => {
        const surrogate = surrogateMath(surrogateSchema.parse(stated))
        const psi = (z: number) => surrogate.evaluate(numbers, z)
        for (const p of pairs) {
          // Integration by parts moves the derivative off φ: E φ′(u)ψ(v) = E φ(u) (bu − cv)/gram · …
          // with the score of the density, −∂ log N/∂u = (b u − c v)/(ab − c²); no delta functions.
          const score = expectationOf(p, value, psi, jump, kinksOf(stated))
          expect(math.surrogateMoment(p, surrogate)).toBeCloseTo(score, 8)
        }
      }
    )
  }
)

/** E φ(u) ψ(v) (b u − c v)/(ab − c²) = E φ′(u) ψ(v) by parts. */
function expectationOf(
  { a, b, c, gram }: GaussianPair,
  phi: (u: number) => number,
  psi: (v: number) => number,
  jump: number,
  kinks: number[]
): number {
  const deviation = Math.sqrt(gram / a)
  return gaussian(
    (x) => {
      const u = Math.sqrt(a) * x
      const mean = (c / a) * u
      return (
        phi(u) *
        gaussian(
          (y) => {
            const v = mean + deviation * y
            return psi(v) * ((b * u - c * v) / gram)
          },
          kinks.map((kink) => (kink - mean) / deviation)
        )
      )
    },
    [jump / Math.sqrt(a)]
  )
}

test('a narrow surrogate is not stepped over by quadrature', () => {
  const narrow = surrogateMath({ name: 'erf_prime', m: 300, amp: 1, theta: 0.8 })
  const p = pair(1.2, 1.2, 1.1999)
  const tanh = activationMath({ name: 'tanh', beta: 1, theta: 0 })
  // ψ/2 is nearly a delta at 0.8: E φ′(u)ψ(v) ≈ 2 N(0.8; 0, b) φ′(0.8), u and v nearly equal.
  const expected =
    ((2 * Math.exp(-0.64 / 2.4)) / Math.sqrt(2 * Math.PI * 1.2)) * (1 - Math.tanh(0.8) ** 2)
  expect(tanh.surrogateMoment(p, narrow)).toBeCloseTo(expected, 3)
  const relu = activationMath({ name: 'relu', theta: 0 })
  const whole = (2 * Math.exp(-0.64 / 2.4)) / Math.sqrt(2 * Math.PI * 1.2)
  expect(relu.surrogateMoment(p, narrow)).toBeCloseTo(whole, 3)
})

test('ab − c² from distances equals the product form', () => {
  for (const { a, b, c, gram, distance, sum } of pairs) {
    expect(gramFromDistance(a, b, c, distance, sum)).toBeCloseTo(gram, 14)
  }
})

test('Gauss–Legendre integrates polynomials of degree 2n − 1 exactly', () => {
  const rule = gaussLegendre(5)
  expect(integrate(rule, -1, 3, (x) => x ** 9)).toBeCloseTo((3 ** 10 - 1) / 10, 8)
})
