import { describe, expect, test } from 'vitest'
import { circleTarget, makeDataset } from '@shared/design/dataset'
import {
  conditions,
  experimentSchema,
  lossFactor,
  recordedSteps,
  stepPace,
  stepSize,
  theoryObjection,
  type Experiment
} from '@shared/design/experiment'
import {
  layerSizes,
  networkDesignSchema,
  networkLayers,
  parameterCount
} from '@shared/design/network'
import { describeProblems } from '@shared/protocol/errors'
import { optimiserSchema } from '@shared/design/optimiser'
import { smallExperiment } from '../../support/small-experiment'

function problems(changes: object): string {
  const parsed = experimentSchema.safeParse({ ...smallExperiment(), ...changes })
  return parsed.success ? '' : describeProblems(parsed.error)
}

const erfDesign = {
  depthHidden: 1,
  activation: { name: 'erf', m: 2 },
  sigmaW: 1,
  sigmaB: 0
}

describe('an experiment that cannot be run is refused with what to do', () => {
  test.each([
    [{ surrogate: null }, 'surrogate: sign has derivative zero almost everywhere'],
    [{ ensembleSize: 1 }, 'ensembleSize: an ensemble needs at least 2 networks'],
    [{ learningRate: 0 }, 'learningRate: must be above 0'],
    [{ widths: [] }, 'widths'],
    [{ widths: [10.5] }, 'widths.0'],
    [{ name: '' }, 'name: give the experiment a name'],
    [{ sweep: { parameter: 'activation.m', values: [1] } }, 'sign has no m to sweep'],
    [{ sweep: { parameter: 'sigmaW', values: [1, -1] } }, 'sweep.values.1: -1: must be above 0'],
    [{ sweep: { parameter: 'depthHidden', values: [1.5] } }, 'whole number'],
    [{ sweep: { parameter: 'surrogate.m', values: [0] } }, '0: must be above 0'],
    [{ unknown: 1 }, 'unknown'],
    [{ design: { ...erfDesign, activation: { name: 'sgn' } } }, 'must be one of sign, heaviside'],
    [{ design: { ...erfDesign, activation: { name: 'erf', m: -1 } } }, 'm: must be above 0'],
    [{ learningRate: Infinity }, 'learningRate']
  ])('%j', (changes, message) => {
    expect(problems(changes)).toContain(message)
  })

  test('and a sound one is not', () => {
    expect(problems({})).toBe('')
    expect(problems({ design: erfDesign, surrogate: null })).toBe('')
  })
})

test('conditions follow the sweep, one where nothing is swept', () => {
  expect(conditions(smallExperiment())).toHaveLength(1)
  const swept = smallExperiment({ sweep: { parameter: 'surrogate.m', values: [1, 5] } })
  expect(conditions(swept).map(({ surrogate }) => surrogate)).toEqual([
    { name: 'erf_prime', m: 1, amp: 1, theta: 0 },
    { name: 'erf_prime', m: 5, amp: 1, theta: 0 }
  ])
  const depths = smallExperiment({ sweep: { parameter: 'depthHidden', values: [1, 3] } })
  expect(conditions(depths).map(({ design }) => design.depthHidden)).toEqual([1, 3])
})

test('a learning rate for ½ mean is a step size for ½ Σ divided by points and outputs', () => {
  const mean = smallExperiment({ learningRate: 0.1, lossReduction: 'mean' })
  expect(stepSize(mean, 15, 2)).toBeCloseTo(0.1 / 30, 16)
  expect(stepSize({ ...mean, lossReduction: 'sum' }, 15, 2)).toBe(0.1)
})

test('recorded steps: 0, the last, and log-spaced ones between, rising', () => {
  const steps = (changes: Partial<Experiment>) => recordedSteps(smallExperiment(changes))
  expect(steps({ steps: 10_000, recordCount: 3 })).toEqual([0, 10, 100, 1000, 10_000])
  expect(steps({ steps: 0, recordCount: 5 })).toEqual([0])
  expect(steps({ steps: 1, recordCount: 5 })).toEqual([0, 1])
  expect(steps({ steps: 77, recordCount: 0 })).toEqual([0, 77])
})

test('recorded steps, evenly spaced', () => {
  const steps = { steps: 100, recordCount: 3, recordSpacing: 'linear' } as const
  expect(recordedSteps(smallExperiment(steps))).toEqual([0, 25, 50, 75, 100])
})

test('the loss of cross-entropy is a mean over points alone', () => {
  const mean = smallExperiment({ lossReduction: 'mean' })
  expect(lossFactor({ ...mean, loss: 'crossEntropy' }, 15, 2)).toBe(1 / 15)
  expect(lossFactor({ ...mean, lossReduction: 'sum' }, 15, 2)).toBe(1)
})

test('theory is that of full-batch gradient descent, squared errors and ntk parametrisation', () => {
  const experiment = smallExperiment()
  expect(theoryObjection(experiment)).toBeNull()
  const adam = optimiserSchema.parse({ kind: 'adam' })
  expect(theoryObjection({ ...experiment, optimiser: adam })).toMatch('not adam')
  expect(theoryObjection({ ...experiment, loss: 'crossEntropy' })).toMatch('not crossEntropy')
  const design = { ...experiment.design, parametrisation: 'standard' } as const
  expect(theoryObjection({ ...experiment, design })).toMatch('not standard')
})

describe('data', () => {
  test('the paper’s circle: 2πi/n − π, (sin θ, cos θ), and its target', () => {
    const data = makeDataset({
      kind: 'circle',
      trainFrom: 'grid',
      trainCount: 4,
      testCount: 8,
      seed: 0
    })
    expect([...data.coordinate.train].map((x) => x / Math.PI)).toEqual([-1, -0.5, 0, 0.5])
    expect(data.trainInputs.values[2]).toBeCloseTo(-1, 15)
    expect(circleTarget(0)).toBe(1.2)
    expect(circleTarget(Math.PI / 2)).toBeCloseTo(-0.8, 15)
    // 4 s c² − 0.8 s³ + 1.2 c² − 0.8 s² c at s = c = 1/√2.
    const h = Math.SQRT1_2
    expect(circleTarget(Math.PI / 4)).toBeCloseTo(2.4 * h ** 3 + 0.6, 14)
  })

  test('training angles drawn from the test angles, the same for the same seed', () => {
    const spec = { kind: 'circle', trainFrom: 'test', trainCount: 15, testCount: 100 } as const
    const data = makeDataset({ ...spec, seed: 3 })
    const test100 = new Set(data.coordinate.test)
    expect([...data.coordinate.train].every((angle) => test100.has(angle))).toBe(true)
    expect(makeDataset({ ...spec, seed: 3 }).coordinate.train).toEqual(data.coordinate.train)
    expect(makeDataset({ ...spec, seed: 4 }).coordinate.train).not.toEqual(data.coordinate.train)
    expect(() => makeDataset({ ...spec, trainCount: 101, seed: 0 })).toThrow(
      'drawn from 100 test angles'
    )
  })

  test('stated data must fit together', () => {
    const inline = (trainTargets: number[][], testInputs: number[][]) =>
      makeDataset({ kind: 'inline', trainInputs: [[1], [2]], trainTargets, testInputs })
    expect(() => inline([[1]], [[1]])).toThrow('rows of trainTargets: 1')
    expect(() => inline([[1], [2, 3]], [[1]])).toThrow('trainTargets[1] has 2 numbers')
    expect(() => inline([[1], [2]], [[1, 2]])).toThrow('columns of testInputs: 2')
    expect(inline([[1], [2]], [[5]]).coordinate.label).toBe('input x')
  })
})

test('a design written out layer by layer; κ scales the last one alone', () => {
  const { design } = smallExperiment()
  const { affine, hidden } = networkLayers({ ...design, outputScale: 0.2 }, null)
  expect(affine).toEqual([
    { sigmaW: 1, sigmaB: 0.1 },
    { sigmaW: 1, sigmaB: 0.1 },
    { sigmaW: 0.2, sigmaB: 0.1 * 0.2 }
  ])
  expect(hidden).toEqual([
    { activation: { name: 'sign', theta: 0 }, surrogate: null },
    { activation: { name: 'sign', theta: 0 }, surrogate: null }
  ])
  expect(layerSizes(design, 2, 7, 1)).toEqual([2, 7, 7, 1])
  expect(parameterCount([2, 7, 7, 1])).toBe(3 * 7 + 8 * 7 + 8)
})

test('layers can differ; what a layer leaves out is that of the network', () => {
  const { design, surrogate } = smallExperiment()
  const layers = [
    { sigmaW: 2 },
    {
      activation: { name: 'erf' as const, m: 3, theta: 0 },
      surrogate: { name: 'ste' as const, amp: 1, theta: 0 }
    },
    { sigmaB: 0 }
  ]
  const { affine, hidden } = networkLayers({ ...design, layers }, surrogate)
  expect(affine).toEqual([
    { sigmaW: 2, sigmaB: 0.1 },
    { sigmaW: 1, sigmaB: 0.1 },
    { sigmaW: 1, sigmaB: 0 }
  ])
  expect(hidden).toEqual([
    { activation: design.activation, surrogate },
    { activation: layers[1]?.activation, surrogate: layers[1]?.surrogate }
  ])
})

test('layers that do not fit the depth are refused', () => {
  const { design } = smallExperiment()
  const refuse = (layers: object[]): string =>
    networkDesignSchema.safeParse({ ...design, layers }).error?.issues[0]?.message ?? ''
  expect(refuse([{}, {}])).toContain('layers has 2 entries, but 2 hidden layers and the output')
  expect(refuse([{}, {}, { activation: { name: 'relu' } }])).toContain('the output layer has no')
  expect(refuse([{}, {}, { sigmaW: 2 }])).toBe('')
})

test('Adam goes by its learning rate, other optimisers by η of the loss ½ Σ', () => {
  const experiment = smallExperiment({ learningRate: 0.3 })
  expect(stepPace(experiment, 0.02)).toEqual({ name: 'step size η', value: 0.02 })
  const adam = smallExperiment({
    learningRate: 0.3,
    optimiser: optimiserSchema.parse({ kind: 'adam' })
  })
  expect(stepPace(adam, 0.02)).toEqual({ name: 'learning rate', value: 0.3 })
})
