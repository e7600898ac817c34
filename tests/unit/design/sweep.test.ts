import { describe, expect, test } from 'vitest'
import {
  expandSweep,
  MAXIMUM_SWEEP_RUNS,
  sweepablePaths,
  sweepGroup,
  sweepSize
} from '@shared/design/sweep'
import { experimentSchema, type Experiment } from '@shared/design/experiment'
import { smallExperiment } from '../../support/small-experiment'

const base = smallExperiment()
const values = (
  of: (experiment: Experiment) => unknown,
  ...axes: Parameters<typeof expandSweep>[1]
) => expandSweep(base, axes).map(({ experiment }) => of(experiment))

describe('the grid', () => {
  test('is every combination, the last axis varying fastest, and nothing else differs', () => {
    const axes = [
      { parameter: 'surrogate.m', values: [1, 5] },
      { parameter: 'seed', values: [1, 2, 3] }
    ]
    const points = expandSweep(base, axes)
    expect(points.map(({ label }) => label)).toEqual([
      'm=1, seed=1',
      'm=1, seed=2',
      'm=1, seed=3',
      'm=5, seed=1',
      'm=5, seed=2',
      'm=5, seed=3'
    ])
    expect(points[4]?.experiment).toEqual({
      ...base,
      surrogate: { ...base.surrogate, m: 5 },
      seed: 2
    })
    expect(sweepSize(axes)).toBe(6)
    expect(sweepGroup(base, axes)).toBe('small over m, seed')
    expect(base).toEqual(smallExperiment())
  })

  test('finds parameters as searches do, by the end of their path', () => {
    expect(values(({ design }) => design.sigmaW, { parameter: 'sigmaW', values: [1, 2] })).toEqual([
      1, 2
    ])
    expect(
      values(({ design }) => design.depthHidden, { parameter: 'depth', values: [1, 3] })
    ).toEqual([1, 3])
    expect(values(({ widths }) => widths, { parameter: 'width', values: [8, 16] })).toEqual([
      [8],
      [16]
    ])
    expect(values(({ data }) => data, { parameter: 'data.seed', values: [9] })).toEqual([
      { ...base.data, seed: 9 }
    ])
    const [point] = expandSweep(base, [{ parameter: 'data.seed', values: [9] }])
    expect(point?.label).toBe('data.seed=9')
  })

  test('a name chooses a whole surrogate, before its parameters are set, in whatever order', () => {
    expect(
      values(
        ({ surrogate }) => surrogate,
        { parameter: 'surrogate.a', values: [1, 2] },
        { parameter: 'surrogate', values: ['triangular', 'boxcar'] }
      )
    ).toMatchObject([
      { name: 'triangular', a: 1 },
      { name: 'boxcar', a: 1 },
      { name: 'triangular', a: 2 },
      { name: 'boxcar', a: 2 }
    ])
    // The one that the template has keeps its parameters.
    expect(
      values(({ surrogate }) => surrogate, { parameter: 'surrogate', values: ['ste', 'erf_prime'] })
    ).toMatchObject([{ name: 'ste' }, base.surrogate])
    const whole = { parameter: 'surrogate', values: [{ name: 'triangular', a: 2 }] }
    expect(expandSweep(base, [whole])[0]).toMatchObject({
      label: 'surrogate=triangular a 2',
      experiment: { surrogate: { name: 'triangular', a: 2 } }
    })
  })

  test('layers are counted from 1, as people count them', () => {
    const layered = experimentSchema.parse({
      ...base,
      design: { ...base.design, layers: [{ sigmaW: 1 }, {}, { sigmaW: 2 }] }
    })
    const [point] = expandSweep(layered, [{ parameter: 'layers.3.sigmaW', values: [4] }])
    expect(point?.experiment.design.layers).toEqual([{ sigmaW: 1 }, {}, { sigmaW: 4 }])
  })

  test('names and the experiment’s own sweep are not offered', () => {
    const paths = sweepablePaths(smallExperiment({ sweep: { parameter: 'sigmaW', values: [1] } }))
    expect(paths).toContain('seed')
    expect(paths).toContain('surrogate')
    expect(paths.filter((path) => /^(name|description|sweep)/.test(path))).toEqual([])
  })
})

describe('what cannot be is refused, saying which value', () => {
  const refusal =
    (...axes: Parameters<typeof expandSweep>[1]) =>
    () =>
      expandSweep(base, axes)
  test.each([
    [[{ parameter: 'nothing', values: [1] }], 'no parameter nothing to sweep'],
    [[{ parameter: 'name', values: ['a'] }], 'no parameter name to sweep'],
    [[{ parameter: 'theta', values: [1] }], 'say which of'],
    [[{ parameter: 'seed', values: [1, 1] }], 'seed: 1 is stated twice'],
    [[{ parameter: 'sigmaW', values: [1, -1] }], 'sigmaW=-1: design.sigmaW: must be above 0'],
    [[{ parameter: 'surrogate.beta', values: [1] }], 'beta=1: surrogate: Unrecognized key'],
    [
      [{ parameter: 'surrogate', values: [null] }],
      'surrogate=none: surrogate: sign has derivative'
    ],
    [
      [
        { parameter: 'seed', values: [1] },
        { parameter: 'seed', values: [2] }
      ],
      'seed is swept twice'
    ]
  ])('%j', (axes, message) => {
    // Both have a threshold, so its name alone does not say whose is meant.
    expect(refusal(...axes)).toThrow(message)
  })

  test('more runs than anybody looks through', () => {
    const many = Array.from({ length: 30 }, (_, i) => i + 1)
    const axes = [
      { parameter: 'seed', values: many },
      { parameter: 'sigmaW', values: many }
    ]
    expect(refusal(...axes)).toThrow(`the sweep has 900 runs, but at most ${MAXIMUM_SWEEP_RUNS}`)
  })

  test('a parameter that the experiment sweeps itself', () => {
    const own = smallExperiment({ sweep: { parameter: 'surrogate.m', values: [1, 2] } })
    expect(() => expandSweep(own, [{ parameter: 'm', values: [3] }])).toThrow(
      'the experiment itself sweeps surrogate.m'
    )
  })
})
