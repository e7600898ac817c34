import { describe, expect, test } from 'vitest'
import { activationMath, activationSchema } from '@shared/design/activation'
import type { Elementwise } from '@shared/design/elementwise'
import { numberElementwise as numbers } from '@shared/design/number-elementwise'
import { surrogateMath, surrogateSchema } from '@shared/design/surrogate'
import { surrogatePresets } from '@shared/design/surrogate-presets'
import { loadTensorFlow } from '../../src-main/engine/tensorflow'
import { tensorElementwise } from '../../src-main/engine/training/tensor-elementwise'
import { everyActivation, everySurrogate, label } from '../support/every-instance'

const tf = loadTensorFlow()
const tensors = tensorElementwise(tf)
/** Away from kinks and jumps, at which float32 may land on the other side. */
const points = [-6.3, -2.17, -0.93, -0.41, -0.013, 0.017, 0.26, 0.77, 1.61, 4.9]

type Evaluate = <T>(ops: Elementwise<T>, z: T) => T

function expectSame(evaluate: Evaluate): void {
  const got = tf.tidy(() => evaluate(tensors, tf.tensor1d(points)).dataSync())
  const single = points.map(Math.fround)
  single.forEach((z, i) => {
    const wanted = evaluate(numbers, z)
    expect(Math.abs(got[i]! - wanted)).toBeLessThan(4e-6 * (1 + Math.abs(wanted)))
  })
  expect(got).toHaveLength(points.length)
}

const formulas = [
  'exp(-z^2)*cos(3*z) + sin(z)/2',
  'max(z, 0.2*z) - min(1, z^3)',
  'erf(2*z)*sqrt(1 + z^2)/(2 + abs(z))',
  'tanh(z)^3 - log(2 + cos(z)) + 1.7^z',
  '(1 + abs(z))^-1.5'
]

describe('on tensors as on numbers', () => {
  test.each(everyActivation.map((each) => [label(each), each] as const))('%s', (_name, each) => {
    const { evaluate, derivative } = activationMath(each)
    expectSame(evaluate)
    if (derivative) expectSame(derivative)
  })

  test.each(everySurrogate.map((each) => [label(each), each] as const))('ψ %s', (_name, each) => {
    expectSame(surrogateMath(each).evaluate)
  })

  test.each(surrogatePresets.map((each) => [each.title, each] as const))('%s', (_name, each) => {
    expectSame(surrogateMath(each.surrogate).evaluate)
  })

  test.each(formulas)('%s and its derivative', (formula) => {
    const stated = { name: 'expression', formula }
    const { evaluate, derivative } = activationMath(activationSchema.parse(stated))
    expectSame(evaluate)
    expectSame(derivative!)
    expectSame(surrogateMath(surrogateSchema.parse(stated)).evaluate)
  })

  test('a surrogate that jumps', () => {
    const formula = 'heaviside(z)/(1 + relu(z)) + 0.3*sign(1 - abs(z))'
    expectSame(surrogateMath(surrogateSchema.parse({ name: 'expression', formula })).evaluate)
  })
})
