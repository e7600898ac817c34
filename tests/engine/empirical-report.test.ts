import { describe, expect, test } from 'vitest'
import { degenerateKernel } from '../../src-main/engine/empirical/degenerate-kernel'
import { empiricalReport } from '../../src-main/engine/empirical/empirical-report'
import { empiricalSpecSchema, empiricalTask } from '../../src-main/engine/empirical/empirical-spec'
import { NativeLinearAlgebra } from '../../src-main/engine/float64/native-linear-algebra'
import { loadTensorFlow, tensorFlowBinding } from '../../src-main/engine/tensorflow'
import { empiricalCases, type EmpiricalCase } from '../reference/empirical-cases'
import { largestRelativeError } from '../reference/oracle'

const tf = loadTensorFlow()
const algebra = new NativeLinearAlgebra(tensorFlowBinding(tf))

/** Relative to the entry, or to 1 where it is smaller. */
const tolerances = { float64: 1e-12, float32: 1e-5 } as const

function specOf(reference: EmpiricalCase) {
  const { activation, surrogate, sigma_w, sigma_b, n_train, eta } = reference.params
  return {
    ...{ activation, surrogate, sigmaW: sigma_w, sigmaB: sigma_b },
    ...{ weights: reference.weights, X: reference.X, nTrain: n_train, yTrain: reference.y_train },
    ...{ eta, steps: reference.training.map(({ k }) => k) }
  }
}

async function report(spec: object) {
  const parsed = empiricalSpecSchema.parse(spec)
  return empiricalReport(tf, algebra, empiricalTask(parsed), parsed.dtype)
}

describe.each(['float64', 'float32'] as const)('%s', (dtype) => {
  test.each(empiricalCases.map((c) => [c.id, c] as const))('%s', async (_id, reference) => {
    const got = await report({ ...specOf(reference), dtype })
    const expectClose = (values: number[], wanted: number[]) => {
      expect(largestRelativeError(values, wanted, 1)).toBeLessThan(tolerances[dtype])
    }
    expectClose(got.outputs.flat(), reference.outputs.flat())
    expect(got.ntk.map((row) => row.length)).toEqual(reference.ntk.map((row) => row.length))
    expectClose(got.ntk.flat(3), reference.ntk.flat(3))
    expectClose(got.sgNtk.flat(3), reference.sgntk.flat(3))
    expect(got.training.map(({ k }) => k)).toEqual(reference.training.map(({ k }) => k))
    got.training.forEach(({ paramsFlat, outputs }, i) => {
      expectClose(paramsFlat, reference.training[i]!.params_flat)
      expectClose(outputs.flat(), reference.training[i]!.outputs.flat())
    })
  })
})

const [smooth, step] = ['erf5.0_erf_prime', 'sign_erf_prime'].map((name) =>
  specOf(empiricalCases.find(({ id }) => id.includes(name))!)
) as [ReturnType<typeof specOf>, ReturnType<typeof specOf>]

test('steps come in the order asked for, once or more', async () => {
  const { training } = await report({ ...smooth, steps: [25, 0, 1, 25] })
  expect(training.map(({ k }) => k)).toEqual([25, 0, 1, 25])
  expect(training[0]).toEqual(training[3])
  const flat = smooth.weights.flatMap(({ W, b }) => [...W.flat(), ...b])
  expect(training[1]!.paramsFlat).toEqual(flat)
})

test('X2 are the points of the second argument', async () => {
  const X2 = [smooth.X[5]!, smooth.X[0]!]
  const whole = await report(smooth)
  const cross = await report({ ...smooth, X2 })
  expect(cross.sgNtk).toHaveLength(smooth.X.length)
  expect(cross.sgNtk[0]).toHaveLength(2)
  const wanted = whole.sgNtk.flatMap((row) => [...row[5]!.flat(), ...row[0]!.flat()])
  expect(largestRelativeError(cross.sgNtk.flat(3), wanted)).toBeLessThan(1e-12)
})

test('biases without effect stay what they were', async () => {
  for (const dtype of ['float64', 'float32']) {
    const { training } = await report({ ...smooth, sigmaB: 0, steps: [3], dtype })
    const first = smooth.weights[0]!
    const at = first.W.flat().length
    const got = training[0]!.paramsFlat.slice(at, at + first.b.length)
    expect(largestRelativeError(got, first.b)).toBeLessThan(1e-7)
  }
})

describe('step activations', () => {
  test('come with a note, and a stand-in without one', async () => {
    const got = await report(step)
    const { note, sgNtk } = got
    expect(note).toMatchObject({ kind: 'degenerate', stepLayers: [1], lowestLayer: 2 })
    expect(note!.message).toContain('"standIn"')
    const stoodIn = await report({ ...step, standIn: { name: 'erf', m: 4 } })
    expect(stoodIn.note).toBeUndefined()
    const erf = await report({
      ...step,
      activation: { name: 'erf', m: 4 },
      steps: []
    })
    expect(stoodIn.sgNtk).toEqual(erf.sgNtk)
    expect(stoodIn.sgNtk).not.toEqual(sgNtk)
    // Outputs and training are still those of the step network.
    expect(stoodIn.outputs).toEqual(got.outputs)
    expect(stoodIn.training).toEqual(got.training)
  })

  test('name the lowest layer that is left where only some layers are steps', () => {
    const design = empiricalTask(
      empiricalSpecSchema.parse({
        ...smooth,
        layers: [{ activation: { name: 'sign' } }, {}, {}]
      })
    ).design
    expect(degenerateKernel(design)).toMatchObject({ stepLayers: [1], lowestLayer: 2 })
  })

  test('without a surrogate train the last layer alone, in float64', async () => {
    const plain = { ...step, surrogate: null, steps: [2] }
    const { training } = await report(plain)
    const below = step.weights[0]!
    const count = below.W.flat().length + below.b.length
    expect(training[0]!.paramsFlat.slice(0, count)).toEqual([...below.W.flat(), ...below.b])
    await expect(report({ ...plain, dtype: 'float32' })).rejects.toThrow('sign has derivative zero')
  })
})

test.each([
  [
    'weights[1].W with too few columns',
    (s: typeof smooth) => (s.weights[1]!.W = s.weights[1]!.W.map((r) => r.slice(1))),
    'rows of weights[1].W have 5 numbers, but weights[0].W has 6 rows'
  ],
  [
    'weights[0].b too short',
    (s: typeof smooth) => s.weights[0]!.b.pop(),
    'weights[0].b has 5 numbers, but weights[0].W has 6 rows'
  ],
  ['uneven rows', (s: typeof smooth) => s.weights[1]!.W[2]!.pop(), 'weights[1].W[2] has 5 numbers'],
  [
    'points of other length',
    (s: typeof smooth) => (s.X = s.X.map((x) => [...x, 1])),
    'rows of weights[0].W have 2 numbers, but points of X have 3 numbers'
  ],
  ['yTrain', (s: typeof smooth) => s.yTrain.pop(), 'yTrain has 3 rows, but nTrain is 4'],
  ['nTrain', (s: typeof smooth) => (s.nTrain = 99), 'nTrain is 99, but X has 7 points'],
  ['one layer', (s: typeof smooth) => (s.weights = s.weights.slice(0, 1)), 'two entries or more'],
  [
    'an unknown surrogate',
    (s: typeof smooth) => (s.surrogate = { name: 'x' }),
    'surrogate.name must be one of'
  ],
  [
    'steps without eta',
    (s: Partial<typeof smooth>) => delete s.eta,
    'steps need nTrain, yTrain and eta'
  ]
])('refuses %s', async (_what, spoil, message) => {
  const spec = structuredClone(smooth)
  spoil(spec)
  await expect(report(spec)).rejects.toThrow(message)
})

test.each([
  ['float64', 'Training overflowed by step 200: eta = 1000'],
  ['float32', /diverged: after \d+ steps .*\(η = 1000\)/]
])('training that overflows is refused, naming the step (%s)', async (dtype, message) => {
  const relu = specOf(empiricalCases.find(({ id }) => id.includes('relu_true'))!)
  await expect(report({ ...relu, eta: 1e3, steps: [1, 200], dtype })).rejects.toThrow(message)
})
