import { expect, test } from 'vitest'
import { matrixFromRows } from '@shared/design/dataset'
import { trainingTimeSchema, effectiveTime } from '@shared/design/training-time'
import type { KernelMatrix } from '@shared/theory/kernel-matrix'
import { stability, stabilityReport } from '@shared/theory/stability'
import { trainingDynamics } from '@shared/theory/training-dynamics'
import { javascriptLinearAlgebra as algebra } from '../../../src-main/engine/float64/javascript-linear-algebra'

const kernel = (rows: number[][], symmetric = false): KernelMatrix => ({
  ...matrixFromRows(rows, 'K'),
  kind: symmetric ? 'ntk' : 'sgNtk',
  symmetric
})

test('a rotating pair beside a real eigenvalue', () => {
  // Eigenvalues 1 ± 2i and 4; the block's singular values are √5 twice.
  const K = kernel([
    [1, -2, 0],
    [2, 1, 0],
    [0, 0, 4]
  ])
  const report = stabilityReport(K, algebra)
  expect(report).toMatchObject({ stable: true, singular: false, suggestedRidge: 0 })
  expect(report.smallestRealPart).toBeCloseTo(1, 14)
  // 2·1/5 of the pair; 2·4/16 of the third.
  expect(report.maximumStepSize).toBeCloseTo(0.4, 14)
  expect(report.conditionNumber).toBeCloseTo(4 / Math.sqrt(5), 13)
  expect(report.convergenceTime).toBeCloseTo(Math.log(100), 13)
  expect(report.asymmetry).toBeCloseTo(Math.sqrt(32 / 26), 14)
  expect([...report.eigenvalues.imaginary].map(Math.round).sort((a, b) => a - b)).toEqual([
    -2, 0, 2
  ])
})

test('an eigenvalue that grows, and the ridge that stops it', () => {
  const K = kernel([
    [2, 0],
    [7, -0.5]
  ])
  const report = stabilityReport(K, algebra)
  expect(report).toMatchObject({ stable: false, maximumStepSize: 0, convergenceTime: Infinity })
  expect(report.suggestedRidge).toBeCloseTo(0.5 + 2e-8, 12)
  const shifted = kernel([
    [2 + report.suggestedRidge, 0],
    [7, -0.5 + report.suggestedRidge]
  ])
  expect(stabilityReport(shifted, algebra).stable).toBe(true)
})

test.each([true, false])('a singular kernel, symmetric: %s', (symmetric) => {
  const K = kernel(
    [
      [1, 1, 0],
      [1, 1, 0],
      [0, 0, 3]
    ],
    symmetric
  )
  const report = stabilityReport(K, algebra)
  expect(report).toMatchObject({ stable: true, singular: true, conditionNumber: Infinity })
  expect(report.convergenceTime).toBeCloseTo(Math.log(100) / 2, 12)
  expect(report.maximumStepSize).toBeCloseTo(2 / 3, 14)
  expect(report.suggestedRidge).toBeCloseTo(3e-8, 15)
  expect(stability(K, algebra).maximumStepSize).toBe(report.maximumStepSize)
})

test('an infinite kernel is said to be so, not decomposed', () => {
  const K = kernel([[Infinity]], true)
  expect(stability(K, algebra).maximumStepSize).toBe(0)
  expect(() => trainingDynamics(K, 0, algebra)).toThrow('Choose a surrogate')
})

test('times: t counts in steps of η', () => {
  const parse = (value: unknown) => trainingTimeSchema.parse(value)
  expect(effectiveTime(parse({ kind: 'steps', k: 30, eta: 0.1 }))).toBeCloseTo(3, 14)
  expect(effectiveTime(parse({ kind: 'flow', t: 30, eta: 0.1 }))).toBeCloseTo(3, 14)
  expect(effectiveTime(parse({ kind: 'flow', t: 'inf', eta: 0.1 }))).toBe(Infinity)
  for (const [value, problem] of [
    [{ kind: 'flow', t: -1, eta: 1 }, 't must not be negative'],
    [{ kind: 'steps', k: 1.5, eta: 1 }, 'k must be a whole number'],
    [{ kind: 'steps', k: 1, eta: 0 }, 'must be above 0'],
    [{ kind: 'jump', t: 1, eta: 1 }, 'kind must be flow or steps']
  ] as const) {
    expect(() => parse(value)).toThrow(problem)
  }
})
