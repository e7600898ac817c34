import { expect, test } from 'vitest'
import { parseSweepAxis } from '../../../src-main/cli/sweep-option'

test.each([
  ['seed=1..4', [1, 2, 3, 4]],
  ['seed=-1..1,7', [-1, 0, 1, 7]],
  ['learningRate=0.1, 1e-3', [0.1, 0.001]],
  ['surrogate=ste,none', ['ste', null]],
  ['nesterov=true,false', [true, false]],
  ['surrogate=[{"name":"triangular","a":2},null]', [{ name: 'triangular', a: 2 }, null]]
])('%s', (text, values) => {
  expect(parseSweepAxis(text)).toEqual([{ parameter: text.split('=')[0], values }])
})

test('axes are added in their order', () => {
  expect(parseSweepAxis('m=1', parseSweepAxis('seed=2')).map(({ parameter }) => parameter)).toEqual(
    ['seed', 'm']
  )
})

test.each([
  ['seed', 'a sweep is a parameter and its values'],
  ['=1', 'a sweep is a parameter and its values'],
  ['seed=1,,2', 'a value is missing'],
  ['seed=', 'a value is missing'],
  ['seed=5..1', 'goes down'],
  ['seed=1..100000', 'at most'],
  ['seed=[1', 'not JSON']
])('%s is refused', (text, message) => {
  expect(() => parseSweepAxis(text)).toThrow(message)
})
