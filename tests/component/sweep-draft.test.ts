import { expect, test } from 'vitest'
import { checkSweep } from '../../src-renderer/state/sweep-draft'
import { quickExperiment } from './fixtures'

const check = (...axes: [string, string][]) =>
  checkSweep(
    quickExperiment,
    axes.map(([parameter, values]) => ({ parameter, values }))
  )

test('a sweep that can be says how many runs it makes and what they are filed under', () => {
  expect(check(['seed', '1..3'], ['surrogate.m', '1, 5'])).toMatchObject({
    axes: [
      { parameter: 'seed', values: [1, 2, 3] },
      { parameter: 'surrogate.m', values: [1, 5] }
    ],
    runs: 6,
    group: 'Quick: sign networks against the SG-NTK over seed, m',
    problem: null
  })
})

test('values that are not there yet are no mistake; others say what is wrong, where it is', () => {
  expect(check(['seed', ''])).toEqual({
    ...{ axes: null, runs: 0, group: '', problem: null },
    valueProblems: [null]
  })
  expect(check(['seed', '1..3'], ['surrogate.m', '1,,2']).valueProblems).toEqual([
    null,
    'a value is missing between two commas, or after the last'
  ])
  const { axes, problem } = check(['design.sigmaW', '-1'])
  expect([axes, problem]).toEqual([null, 'sigmaW=-1: design.sigmaW: must be above 0'])
  expect(check(['seed', '[[1]]']).problem).toMatch(/^0\.values\.0: /)
})
