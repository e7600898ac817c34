import { expect, test } from 'vitest'
import { studyFigures } from '@shared/studies/study-figures'
import { smallStudy, studyBench } from '../support/run-study'

const networks = (name: string, data: Record<string, string | number | string[]>) => ({
  preset: 'figure-3',
  changes: {
    ...{ name, data, widths: [16, 64], ensembleSize: 12, steps: 60, learningRate: 0.4 },
    recordCount: 1
  }
})
const digits = { kind: 'bundled', set: 'digits', inputScaling: 'sphere', radius: 8, seed: 1 }
const diabetes = {
  ...{ kind: 'bundled', set: 'diabetes', inputScaling: 'standard', targetScaling: 'standard' },
  seed: 1
}

test('real-data: wider networks are nearer, and early stopping keeps to the bounds of ridge', async () => {
  const report = await studyBench().run(
    smallStudy('real-data', {
      tasks: [
        {
          ...{ id: 'digits', title: 'digits' },
          networks: networks('d', {
            ...digits,
            ...{ classes: ['3', '8'], trainCount: 40, testCount: 60 }
          })
        },
        {
          ...{ id: 'diabetes', title: 'diabetes' },
          networks: networks('n', { ...diabetes, trainCount: 60, testCount: 60 })
        }
      ],
      decades: { from: -2, to: 2 }
    })
  )
  const { findings, runIds, tables } = report.content
  // Estimates lie within Z_LIMIT standard errors of what theory says of them.
  expect(findings.filter(({ verdict }) => verdict === 'disagrees')).toEqual([])
  expect(runIds).toHaveLength(2)
  const finding = (id: string) => findings.find((one) => one.id === id)
  // One norm: symmetric to rounding, so the bounds are a theorem. Standardised inputs: not symmetric.
  expect(finding('digits-ratio-most')?.verdict).toBe('agrees')
  expect(finding('digits-ratio-most')?.value).toBeGreaterThan(1.05)
  expect(finding('diabetes-ratio-most')?.verdict).toBe('measured')
  expect(finding('diabetes-asymmetry')?.value).toBeGreaterThan(1e-3)
  // Threes and eights are told apart far better than by chance.
  expect(finding('digits-prediction-error')?.value).toBeLessThan(0.2)
  expect(finding('digits-same-class')?.value).toBeGreaterThan(0.7)
  expect(finding('diabetes-same-class')).toBeUndefined()
  expect(tables.find(({ id }) => id === 'digits-ridge')?.rows).toHaveLength(9)
  expect(studyFigures(report).map(({ id }) => id)).toEqual([
    ...['test-errors', 'training', 'early-stopping']
  ])
})
