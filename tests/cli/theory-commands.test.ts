import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { matrixFromRows } from '@shared/design/dataset'
import { networkDesignSchema } from '@shared/design/network'
import { computeKernels } from '@shared/theory/kernels'
import { dynamicsCases, type DynamicsCase } from '../reference/dynamics-cases'
import { classificationCases, type ClassificationCase } from '../reference/classification-cases'
import {
  largestRelativeError,
  referenceCases,
  referenceValues,
  type ReferenceRows
} from '../reference/oracle'
import { runTangent } from './tangent'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tangent-theory-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const tangent = (args: string[], input = '') => runTangent(args, folder, input)

/** Writes specifications to files, runs a command on all of them at once, answers its lines. */
function inOneRun<Line>(command: string, specs: [id: string, spec: object][]): Line[] {
  const files = specs.map(([id, spec]) => {
    const file = `${basename(id)}.json`
    writeFileSync(join(folder, file), JSON.stringify(spec))
    return file
  })
  const { status, stdout, stderr } = tangent([command, ...files])
  expect(stderr).toBe('')
  expect(status).toBe(0)
  const lines = stdout.trimEnd().split('\n')
  expect(lines).toHaveLength(specs.length)
  return lines.map((line) => JSON.parse(line) as Line)
}

function scaledError(got: ReferenceRows, wanted: number[][]): number {
  const scale = Math.max(...wanted.flat().map(Math.abs))
  return largestRelativeError(referenceValues(got), wanted.flat(), scale || 1)
}

describe('kernel', () => {
  const X = [
    [1, 0.25],
    [-0.5, 2]
  ]
  const X2 = [
    [0.1, 0.3],
    [1, 0.25],
    [2, -2]
  ]
  const spec = {
    activation: { name: 'erf', m: 8, theta: 0 },
    surrogate: { name: 'erf_prime', m: 5 },
    depthHidden: 2,
    sigmaW: 1.7,
    sigmaB: 0.25,
    X,
    X2
  }

  test('writes every digit of the float64 kernels, rows X, columns X2', () => {
    const { status, stdout } = tangent(['kernel', '-'], JSON.stringify(spec))
    expect(status).toBe(0)
    const got = JSON.parse(stdout) as Record<'nngp' | 'ntk' | 'sgNtk', number[][]>
    const wanted = computeKernels(
      networkDesignSchema.parse({
        activation: spec.activation,
        depthHidden: 2,
        sigmaW: 1.7,
        sigmaB: 0.25
      }),
      { name: 'erf_prime', m: 5, amp: 1, theta: 0 },
      matrixFromRows(X, 'X'),
      matrixFromRows(X2, 'X2')
    )
    expect(got.sgNtk).toHaveLength(2)
    expect(got.sgNtk[0]).toHaveLength(3)
    expect(got.nngp.flat()).toEqual([...wanted.nngp.values])
    expect(got.ntk.flat()).toEqual([...wanted.ntk.values])
    expect(got.sgNtk.flat()).toEqual([...wanted.sgNtk!.values])
  })

  test('writes divergence as "inf", and null with a reason for what there is not', () => {
    const sign = { ...spec, activation: { name: 'sign' }, surrogate: undefined, X2: undefined }
    const { stdout } = tangent(['kernel', '-'], JSON.stringify(sign))
    const got = JSON.parse(stdout) as { ntk: (number | string)[][]; sgNtk: null; reason: string }
    expect([got.ntk[0]![0], got.ntk[1]![1]]).toEqual(['inf', 'inf'])
    expect(typeof got.ntk[0]![1]).toBe('number')
    expect(got.sgNtk).toBeNull()
    expect(got.reason).toContain('no surrogate')
  })

  test.each([
    ['not JSON', '{', 'standard input is not JSON'],
    [
      'an unknown activation',
      JSON.stringify({ ...spec, activation: { name: 'x' } }),
      'sign, heaviside'
    ],
    ['uneven points', JSON.stringify({ ...spec, X: [[1, 2], [3]] }), 'X[1] has 1 numbers'],
    [
      'points of other length',
      JSON.stringify({ ...spec, X2: [[1]] }),
      'points of X2 have 1 numbers'
    ],
    ['no points', JSON.stringify({ ...spec, X: [] }), 'X:']
  ])('refuses %s with exit code 2 and nothing on standard output', (_what, input, message) => {
    const { status, stdout, stderr } = tangent(['kernel', '-'], input)
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain(message)
  })
})

test('kernel: the diagonal alone, and files of blocks', () => {
  const X = [
    [1, 0.25],
    [-0.5, 2]
  ]
  const spec = {
    activation: { name: 'sign' },
    surrogate: { name: 'boxcar', a: 0.5 },
    depthHidden: 1,
    sigmaW: 1.2,
    sigmaB: 0.1,
    X
  }
  const [diagonal, full] = inOneRun<Record<'nngp' | 'ntk' | 'sgNtk', number[]>>('kernel', [
    ['diagonal', { ...spec, diagonal: true }],
    ['full', spec]
  ])
  expect(diagonal!.ntk).toEqual(['inf', 'inf'])
  for (const kind of ['nngp', 'sgNtk'] as const) {
    const rows = full![kind] as unknown as number[][]
    expect(diagonal![kind]).toEqual(rows.map((row, i) => row[i]))
  }
  const { status, stdout, stderr } = tangent(['kernel', 'full.json', '--output', 'blocks'])
  expect([status, stderr]).toEqual([0, 'tangent: 1 MiB of files, 1 MiB of memory\n'])
  const names = ['blocks.nngp.npy', 'blocks.ntk.npy', 'blocks.sgNtk.npy']
  expect(JSON.parse(stdout)).toEqual({ files: names })
  const file = readFileSync(join(folder, 'blocks.sgNtk.npy'))
  const values = new Float64Array(
    file.buffer.slice(file.byteOffset + file.length - 32).slice(0, 32)
  )
  expect([...values]).toEqual((full!.sgNtk as unknown as number[][]).flat())
  expect(tangent(['kernel', 'full.json', 'diagonal.json', '--output', 'x']).status).toBe(2)
})

test('kernel: reference cases of every kind in one run, a line each', () => {
  const cases = [...referenceCases('analytic'), ...referenceCases('sgntk')].filter(
    (_, i) => i % 9 === 0
  )
  const lines = inOneRun<Record<'nngp' | 'ntk' | 'sgNtk', ReferenceRows | null>>(
    'kernel',
    cases.map(({ id, params, X }) => [
      id,
      { ...designOf(params), X, ...(params.surrogate ? { surrogate: params.surrogate } : {}) }
    ])
  )
  cases.forEach((reference, i) => {
    const { nngp, ntk, sgNtk } = lines[i]!
    // As in tests/reference/kernels.test.ts, where all cases and the reasons for the tolerance are.
    expect(
      largestRelativeError(referenceValues(nngp!), referenceValues(reference.nngp))
    ).toBeLessThan(1e-9)
    const [got, wanted] = reference.params.surrogate ? [sgNtk, reference.I] : [ntk, reference.ntk]
    expect(largestRelativeError(referenceValues(got!), referenceValues(wanted))).toBeLessThan(1e-8)
  })
})

function designOf(params: {
  activation: object
  depth_hidden: number
  sigma_w: number
  sigma_b: number
}) {
  return {
    activation: params.activation,
    depthHidden: params.depth_hidden,
    sigmaW: params.sigma_w,
    sigmaB: params.sigma_b
  }
}

describe('predict', () => {
  const specOf = (reference: DynamicsCase) => ({
    ...designOf(reference.params),
    ...(reference.params.surrogate ? { surrogate: reference.params.surrogate } : {}),
    Xtrain: reference.X_train,
    ytrain: reference.y_train,
    Xtest: reference.X_test,
    times: reference.results.map(({ kind, t, k, eta }) => ({ kind, t, k, eta }))
  })
  interface PredictionLine {
    results: Record<'meanTest' | 'covTest' | 'meanTrain' | 'covTrain', ReferenceRows>[]
    eigenvalues: [number, number][]
    stable: boolean
    singular: boolean
  }

  test('all reference cases in one run, from the design to the covariances', () => {
    const lines = inOneRun<PredictionLine>(
      'predict',
      dynamicsCases.map((reference) => [reference.id, specOf(reference)])
    )
    dynamicsCases.forEach((reference, i) => {
      const line = lines[i]!
      expect(line).toMatchObject({ stable: reference.stable, singular: reference.singular })
      expect(line.eigenvalues).toHaveLength(reference.X_train.length)
      reference.results.forEach((wanted, time) => {
        const got = line.results[time]!
        expect(scaledError(got.meanTest, wanted.mean_test)).toBeLessThan(1e-10)
        expect(scaledError(got.covTest, wanted.cov_test)).toBeLessThan(1e-10)
        expect(scaledError(got.meanTrain, wanted.mean_train)).toBeLessThan(1e-10)
        // Relative to the largest variance of all times: at the end it is zero to rounding.
        const largest = Math.max(...reference.results.flatMap(({ cov_train }) => cov_train.flat()))
        expect(
          largestRelativeError(referenceValues(got.covTrain), wanted.cov_train.flat(), largest)
        ).toBeLessThan(1e-10)
      })
    })
  })

  const spec = specOf(dynamicsCases.find(({ id }) => id.includes('d16'))!)

  test('an end that training does not have is "nan" with the reason; a ridge gives it one', () => {
    const times = [
      { kind: 'flow', t: 'inf', eta: 1 },
      { kind: 'steps', k: 1, eta: 0.1 }
    ]
    const { status, stdout } = tangent(['predict', '-'], JSON.stringify({ ...spec, times }))
    expect(status).toBe(0)
    const { results } = JSON.parse(stdout) as {
      results: (PredictionLine['results'][0] & { diverges?: string })[]
    }
    expect(results[0]!.meanTest.flat().every((value) => value === 'nan')).toBe(true)
    expect(results[0]!.diverges).toContain('does not converge')
    expect(results[1]!.diverges).toBeUndefined()
    const held = tangent(['predict', '-'], JSON.stringify({ ...spec, times, ridge: 30 }))
    const line = JSON.parse(held.stdout) as PredictionLine
    expect(line.stable).toBe(true)
    expect(line.results[0]!.meanTest.flat().every(Number.isFinite)).toBe(true)
  })

  test.each([
    ['no times', { times: [] }, 'times: state at least one time'],
    [
      'an unknown time',
      { times: [{ kind: 'leap', t: 1, eta: 1 }] },
      'times.0.kind: kind must be flow or steps'
    ],
    [
      'a negative time',
      { times: [{ kind: 'flow', t: -1, eta: 1 }] },
      'times.0.t: t must not be negative'
    ],
    ['targets that are too few', { ytrain: [[1]] }, 'ytrain has 1 entries, but Xtrain has 6'],
    ['uneven targets', { ytrain: [[1, 2], [1], [1], [1], [1], [1]] }, 'ytrain[1] has 1 numbers'],
    ['uneven points', { Xtest: [[1], [1, 2]] }, 'Xtest[1] has 2 numbers'],
    [
      'test points of another dimension',
      { Xtest: [[1, 2, 3, 4, 5]] },
      'points of Xtest have 5 numbers'
    ],
    ['no test points', { Xtest: [] }, 'Xtest: state at least one point'],
    ['a negative σ_b', { sigmaB: -1 }, 'sigmaB'],
    ['m = 0', { surrogate: { name: 'erf_prime', m: 0 } }, 'surrogate.m'],
    ['a negative ridge', { ridge: -1 }, 'ridge must not be negative'],
    [
      'a step without a surrogate',
      { surrogate: undefined },
      'surrogate: the NTK of this activation is infinite'
    ]
  ])('refuses %s with exit code 2', (_what, changes, message) => {
    const { status, stdout, stderr } = tangent(
      ['predict', '-'],
      JSON.stringify({ ...spec, ...changes })
    )
    expect(stderr).toContain(message)
    expect([status, stdout]).toEqual([2, ''])
  })
})

describe('classify', () => {
  const specOf = (reference: ClassificationCase) => ({
    ...designOf({ ...reference.params, activation: { name: 'sign' } }),
    ...(reference.params.kernel.startsWith('SG-NTK')
      ? { surrogate: { name: 'erf_prime', m: 3 } }
      : {}),
    Xtrain: reference.X_train,
    ytrain: reference.y_train,
    Xtest: reference.X_test,
    ms: reference.finite_m.map(({ m }) => m)
  })
  interface ClassificationLine {
    c: number[]
    score: number[] | number[][]
    class: (number | string)[]
    thetaInf: ReferenceRows
    classes?: (number | string)[]
    finiteM: { m: number; predictor: number[]; agreement: number }[]
  }

  test('all reference cases in one run', () => {
    const lines = inOneRun<ClassificationLine>(
      'classify',
      classificationCases.map((reference) => [reference.id, specOf(reference)])
    )
    classificationCases.forEach((reference, i) => {
      const line = lines[i]!
      expect(largestRelativeError(line.c, reference.c)).toBeLessThan(1e-12)
      expect(largestRelativeError(line.score as number[], reference.limit_score)).toBeLessThan(
        1e-10
      )
      expect(line.class).toEqual(reference.limit_class)
      expect(scaledError(line.thetaInf, reference.theta_inf_test_train)).toBeLessThan(1e-12)
      reference.finite_m.forEach((wanted, at) => {
        expect(line.finiteM[at]).toMatchObject({ m: wanted.m })
        expect(largestRelativeError(line.finiteM[at]!.predictor, wanted.predictor)).toBeLessThan(
          1e-10
        )
        expect(line.finiteM[at]!.agreement).toBeCloseTo(wanted.sign_agreement, 12)
      })
    })
  })

  const spec = specOf(classificationCases[0]!)

  test('classes by name: the decision of each against the rest', () => {
    const named = spec.ytrain.map((y, i) => (i < 3 ? 'third' : y > 0 ? 'plus' : 'minus'))
    const [line] = inOneRun<ClassificationLine>('classify', [['named', { ...spec, ytrain: named }]])
    expect(line!.classes).toEqual(['minus', 'plus', 'third'])
    const ofClass = (name: string) => named.map((label) => (label === name ? 1 : -1))
    const [plus, third] = inOneRun<ClassificationLine>('classify', [
      ['plus', { ...spec, ytrain: ofClass('plus') }],
      ['third', { ...spec, ytrain: ofClass('third') }]
    ])
    const scores = line!.score as number[][]
    scores.forEach((row, x) => {
      const total = row.reduce((sum, value) => sum + value, 0)
      // With ±1 in place of 1 and 0 a class's score is twice its own less all of them.
      expect(2 * row[1]! - total).toBeCloseTo((plus!.score as number[])[x]!, 8)
      expect(2 * row[2]! - total).toBeCloseTo((third!.score as number[])[x]!, 8)
      expect(line!.class[x]).toBe(line!.classes![row.indexOf(Math.max(...row))])
    })
    expect(line!.finiteM.at(-1)!.agreement).toBeGreaterThan(0.95)
  })

  test('a test point that is a training point has its class, with an infinite score', () => {
    const [line] = inOneRun<ClassificationLine>('classify', [
      ['same', { ...spec, Xtest: spec.Xtrain }]
    ])
    expect(line!.class).toEqual(spec.ytrain)
    expect(line!.score).toEqual(spec.ytrain.map((y) => (y > 0 ? 'inf' : '-inf')))
  })

  test.each([
    ['one class only', { ytrain: spec.ytrain.map(() => 'a') }, 'ytrain names a single class'],
    ['a row that is not one-hot', { ytrain: spec.ytrain.map(() => [1, 1]) }, 'ytrain[0] is [1, 1]'],
    ['labels that are too few', { ytrain: [1] }, 'ytrain has 1 entries'],
    [
      'equal training points',
      { Xtrain: [...spec.Xtrain.slice(1), spec.Xtrain[1]] },
      'Xtrain[9] and Xtrain[0] coincide'
    ],
    [
      'an activation without the limit',
      { activation: { name: 'relu' } },
      'activation relu has no classification limit'
    ],
    ['a surrogate without the limit', { surrogate: { name: 'ste' } }, 'that of erf_prime'],
    ['m = 0', { ms: [0] }, 'ms.0: must be above 0'],
    [
      'a zero input without biases',
      { sigmaB: 0, Xtrain: [[0, 0], ...spec.Xtrain.slice(1)] },
      'Xtrain[0] is zero'
    ]
  ])('refuses %s with exit code 2', (_what, changes, message) => {
    const { status, stdout, stderr } = tangent(
      ['classify', '-'],
      JSON.stringify({ ...spec, ...changes })
    )
    expect(stderr).toContain(message)
    expect([status, stdout]).toEqual([2, ''])
  })
})

test.each(['kernel', 'predict', 'classify'])('%s --help has an example to copy', (command) => {
  const { status, stdout } = tangent([command, '--help'])
  expect(status).toBe(0)
  expect(stdout).toContain(`tangent ${command} `)
  // The example specification in the help is valid.
  const example = /^ {2}(\{.*?\})$/ms.exec(stdout)![1]!
  expect(tangent([command, '-'], example).status).toBe(0)
})
