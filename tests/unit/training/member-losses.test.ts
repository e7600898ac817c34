import { expect, test } from 'vitest'
import { memberLosses } from '../../../src-main/engine/training/member-losses'

test('half the squared error, summed', () => {
  const targets = { values: Float64Array.of(1, 0, -1, 2), rows: 2, columns: 2 }
  const outputs = Float32Array.of(2, 0, -1, 2, 1, 0, -1, 5)
  expect([...memberLosses(outputs, targets, 'mse')]).toEqual([0.5, 4.5])
})

test('cross-entropy, also for outputs whose exponential overflows', () => {
  const targets = { values: Float64Array.of(1, 0, 0.5, 0.5), rows: 2, columns: 2 }
  const losses = memberLosses(
    Float32Array.of(1, 3, 0, 0, 1000, 0, 0, 1000),
    targets,
    'crossEntropy'
  )
  expect(losses[0]).toBeCloseTo(Math.log(1 + Math.exp(2)) + Math.log(2), 12)
  expect(losses[1]).toBeCloseTo(500, 9)
})
