import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { activationMath, activationSchema } from '@shared/design/activation'
import { evaluateFormula } from '@shared/design/expressions/formula'
import { derivativeOf } from '@shared/design/expressions/formula-analysis'
import { breaksOf } from '@shared/design/expressions/formula-breaks'
import { parseFormula } from '@shared/design/expressions/parse-formula'
import { numberElementwise as numbers } from '@shared/design/number-elementwise'
import { surrogateMath, surrogateSchema } from '@shared/design/surrogate'
import type { GaussianPair } from '@shared/theory/moments/gaussian-pair'

const at = (text: string, z: number) => evaluateFormula(parseFormula(text), numbers, z)

describe('a formula', () => {
  test.each<[string, (z: number) => number]>([
    ['-z^2', (z) => -(z ** 2)],
    ['(-z)^2', (z) => z ** 2],
    ['2^-z^2', (z) => 2 ** -(z ** 2)],
    ['2^3^0.5 * z', (z) => 2 ** (3 ** 0.5) * z],
    ['-2^2 + --z', (z) => -4 + z],
    ['1 - 2 - 3*z/4/2', (z) => 1 - 2 - (3 * z) / 4 / 2],
    ['1e-1 * .5 * z', (z) => 0.05 * z],
    ['exp(-z^2/2)/sqrt(2*pi)', (z) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)],
    ['e^z', Math.exp],
    ['max(min(z, 1), -1)', (z) => Math.max(Math.min(z, 1), -1)],
    ['max(z, z^2)', (z) => Math.max(z, z * z)],
    ['heaviside(z) + 2*sign(z)', (z) => (1 + Math.sign(z)) / 2 + 2 * Math.sign(z)],
    ['tanh(sin(z)) + abs(cos(z))', (z) => Math.tanh(Math.sin(z)) + Math.abs(Math.cos(z))],
    ['(1 + abs(z))^-2.5', (z) => (1 + Math.abs(z)) ** -2.5],
    ['log(1 + exp(z))', (z) => Math.log(1 + Math.exp(z))],
    ['z^3 + z^-2', (z) => z ** 3 + z ** -2],
    ['relu(z) + erf(0) + 7', (z) => Math.max(0, z) + 7]
  ])('%s', (text, wanted) => {
    for (const z of [-2.3, -0.7, 0.4, 1.9]) expect(at(text, z)).toBeCloseTo(wanted(z), 12)
  })

  test.each([
    ['max(0, 1 - z^2)', 0],
    ['max(1 - z^2, 0)', 0],
    ['min(2, z^2)', 2],
    ['min(z^2, 2)', 2],
    ['max(-1, min(1, z^2))', 1]
  ])('%s is %d where its square leaves the range of numbers', (text, limit) => {
    for (const z of [1e155, -1e159, 1e300]) {
      expect(at(text, z)).toBe(limit)
      expect(evaluateFormula(derivativeOf(parseFormula(text)), numbers, z)).toBeCloseTo(0, 300)
    }
  })

  test('a surrogate of bounded support has the Gaussian mean 0 far outside', () => {
    const psi = surrogateMath(
      surrogateSchema.parse({ name: 'expression', formula: 'max(0, 1 - z^2)' })
    )
    for (const mean of [1e155, -1e159, 1e300]) expect(psi.gaussianMean(mean, 1)).toBe(0)
  })

  test.each([
    ['', /enter a formula of z, pi, e/],
    ['x + 1', /"x" at character 1 is unknown: use z, pi/],
    ['z + foo(z)', /"foo\(z\)" at character 5 calls an unknown function/],
    ['z.constructor', /"z\.constructor" at character 1 is not part of a formula/],
    ['z[0]', /"z\[0\]" at character 1 is not part/],
    ['constructor', /"constructor" at character 1 is unknown/],
    ['toString(z)', /"toString\(z\)" at character 1 calls an unknown function/],
    ['"a" + z', /is not a number/],
    ['[z]', /not part of a formula/],
    ['z z', /not part of a formula/],
    ['z; z', /not part of a formula/],
    ['z = 2', /at character 3/],
    ['z ? 1 : 2', /character/],
    ['2 +', /Expected expression after \+ at character 4/],
    ['(z', /Unclosed \( at character 3/],
    ['z^z', /"z\^z" at character 1 has z in its exponent/],
    ['1 + (-2)^z', /"\(-2\)\^z" at character 5 has z in its exponent/],
    ['exp()', /"exp\(\)" at character 1 needs one argument/],
    ['min(z)', /"min\(z\)" at character 1 needs two arguments/],
    ['-', /after the sign/],
    ['z'.padEnd(401, ' '), /may have 400 characters; this one has 401/],
    [`${'('.repeat(150)}z${')'.repeat(150)}^2 + ${'abs('.repeat(45)}z${')'.repeat(45)}`, /deep|400/]
  ])('%s is refused with its place', (text, message) => {
    expect(() => parseFormula(text)).toThrow(message)
  })

  test('any text is a formula or refused in words, never anything else', () => {
    const pieces = fc.constantFrom(
      ...'z()+-*/^,.;[]{}"\'?:=<>&|!~ 123eE'.split(''),
      'exp',
      'min',
      'this',
      '∞'
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 24 }), (parts) => {
        try {
          expect(typeof at(parts.join(''), 0.5)).toBe('number')
        } catch (problem) {
          expect((problem as Error).name).toBe('LabError')
        }
      }),
      { numRuns: 3000 }
    )
  })

  test.each([
    'exp(-z^2)*cos(3*z)',
    'abs(z)^1.5 + max(z, 0.3*z - 1)',
    'erf(2*z) * sqrt(1 + z^2) / (2 + sin(z))',
    'tanh(z)^3 - log(2 + cos(z)) + 1.7^z',
    'relu(1 - abs(z))'
  ])('the derivative of %s is its slope', (text) => {
    const slope = derivativeOf(parseFormula(text))
    for (const z of [-2.31, -0.63, 0.44, 1.87]) {
      const numerical = (at(text, z + 1e-5) - at(text, z - 1e-5)) / 2e-5
      expect(evaluateFormula(slope, numbers, z)).toBeCloseTo(numerical, 7)
    }
  })

  test('finds its kinks and jumps', () => {
    const breaks = breaksOf(parseFormula('abs(z - 0.3) + heaviside(z^2 - 2) + relu(sin(z/10))'))
    for (const kink of [0.3, Math.SQRT2, -Math.SQRT2, 0, 10 * Math.PI]) {
      expect(Math.min(...breaks.map((at) => Math.abs(at - kink)))).toBeLessThan(1e-12)
    }
    expect(() => breaksOf(parseFormula('abs(sin(10*z))'))).toThrow(/more than 64 kinks/)
  })
})

describe('as an activation or surrogate', () => {
  const activation = (formula: string) => activationSchema.parse({ name: 'expression', formula })
  const surrogate = (formula: string) => surrogateSchema.parse({ name: 'expression', formula })

  test('an activation that jumps is refused, a surrogate is not', () => {
    const text = 'z * heaviside(z)'
    expect(() => activation(text)).toThrow(/heaviside\(…\) at character 5 jumps/)
    expect(surrogateMath(surrogate(text)).gaussianMean(0, 1)).toBeCloseTo(
      1 / Math.sqrt(2 * Math.PI),
      12
    )
  })

  test.each([
    ['1/z', /Infinity at z = 0/],
    ['log(z)', /-Infinity at z = 0/],
    ['exp(z^2)', /Infinity at z = 2/],
    ['sqrt(z)', /NaN at z = -0.25/]
  ])('%s is refused: not finite', (text, message) => {
    expect(() => surrogate(text)).toThrow(message)
  })

  test('a pole between the points of the check is refused by quadrature', () => {
    const math = surrogateMath(surrogate('1/(z - 0.3)^2'))
    expect(() => math.gaussianMean(0, 1)).toThrow(/estimated relative error/)
  })

  test.each([
    ['tanh(z)', { name: 'tanh' }],
    ['max(z, 0.2*z)', { name: 'leaky_relu', slope: 0.2 }],
    ['max(-1, min(1, 1.5*z))', { name: 'hard_tanh', m: 1.5 }],
    ['cos(2*z)', { name: 'cos', omega: 2 }],
    ['exp(-z^2)', { name: 'gaussian', m: 1 }],
    ['erf(2*z)', { name: 'erf', m: 2 }]
  ])('%s has the moments of %o', (formula, named) => {
    const stated = activationMath(activation(formula))
    const known = activationMath(activationSchema.parse(named))
    const psi = surrogateMath(surrogateSchema.parse({ name: 'boxcar', a: 0.7, theta: 0.2 }))
    for (const correlation of [-1, -0.97, -0.3, 0, 0.6, 0.999, 1]) {
      const [a, b] = [0.8, 1.9]
      const c = correlation * Math.sqrt(a * b)
      const pair: GaussianPair = {
        a,
        b,
        c,
        gram: a * b * (1 - correlation * correlation),
        distance: a + b - 2 * c,
        sum: a + b + 2 * c
      }
      expect(stated.secondMoment(pair)).toBeCloseTo(known.secondMoment(pair), 10)
      expect(stated.derivativeMoment(pair)).toBeCloseTo(known.derivativeMoment(pair), 9)
      const wanted = known.surrogateMoment(pair, psi)
      expect(stated.surrogateMoment(pair, psi)).toBeCloseTo(wanted, 9)
    }
  })

  test.each([
    ['1/(1 + z^2)', Math.PI],
    ['exp(-abs(z))', 2],
    ['(1 + abs(z))^-1.3', 2 / 0.3],
    ['1/(1 + abs(z))', Infinity],
    ['1', Infinity],
    ['heaviside(1 - abs(3*z - 1))', 2 / 3]
  ])('the area of %s', (formula, area) => {
    const got = surrogateMath(surrogate(formula)).area
    if (area === Infinity) expect(got).toBe(Infinity)
    else expect(got / area).toBeCloseTo(1, 7)
  })

  test('a narrow surrogate is not stepped over', () => {
    const narrow = surrogateMath(surrogate('exp(-(80*(z - 1.3))^2)'))
    const expected = Math.sqrt(Math.PI) / 80 / Math.sqrt(2 * Math.PI)
    expect(narrow.gaussianMean(1.3, 1)).toBeCloseTo(expected, 5)
    expect(narrow.gaussianMean(0, 1)).toBeCloseTo(expected * Math.exp(-(1.3 ** 2) / 2), 5)
  })
})
