import { expect, test } from 'vitest'
import { finish } from '@shared/theory/stepwise'
import { initialParameters } from '../../../src-main/engine/training/initial-parameters'

const sizes = [2, 7, 7, 1]
const drawn = (from: number, count: number, seed = 9, width = 7) =>
  finish(initialParameters(sizes, width, seed, from, count))

test('a network is the same however its ensemble is cut into blocks', () => {
  const whole = drawn(0, 5)
  const alone = drawn(3, 1)
  expect(whole.map(({ weights }) => weights.length)).toEqual([5 * 14, 5 * 49, 5 * 7])
  whole.forEach(({ weights, biases }, layer) => {
    const [w, b] = [weights.length / 5, biases.length / 5]
    expect(alone[layer]!.weights).toEqual(weights.slice(3 * w, 4 * w))
    expect(alone[layer]!.biases).toEqual(biases.slice(3 * b, 4 * b))
  })
})

test('other seeds, members, layers and widths give other networks', () => {
  const [first] = drawn(0, 1)
  const others = [drawn(1, 1)[0]!, drawn(0, 1, 10)[0]!, drawn(0, 1, 9, 8)[0]!]
  for (const other of others) expect(other.weights[0]).not.toBe(first!.weights[0])
  expect(drawn(0, 1)[1]!.weights[0]).not.toBe(first!.weights[0])
  expect(first!.biases[0]).not.toBe(first!.weights[0])
})
