import { expect, test } from 'vitest'
import { Z_LIMIT } from '@shared/studies/finding'
import { studyFigures } from '@shared/studies/study-figures'
import { smallStudy, studyBench } from '../support/run-study'

const small = { widths: [16, 64], ensembleSize: 24, steps: 60, recordCount: 2 }

test('sgl-vs-prediction: exact before training, nearer with width after it', async () => {
  const swept = (name: string, parameter: string, values: number[]) => ({
    preset: 'figure-3-kappa',
    changes: { ...small, name, learningRate: 1, sweep: { parameter, values } }
  })
  const report = await studyBench().run(
    smallStudy('sgl-vs-prediction', {
      ensembles: [
        { preset: 'figure-3', changes: { ...small, name: 'small' } },
        { preset: 'figure-3-kappa', changes: { ...small, name: 'small κ', learningRate: 2.5 } }
      ],
      depths: swept('depths', 'depthHidden', [1, 3]),
      slopes: swept('slopes', 'surrogate.m', [1, 2]),
      rates: {
        networks: { preset: 'figure-3-kappa', changes: { ...small, name: 'r', learningRate: 1 } },
        factors: [0.5, 2]
      }
    })
  )
  const { findings, tables, runIds } = report.content
  // Estimates lie within Z_LIMIT standard errors of what theory says of them.
  expect(findings.filter(({ verdict }) => verdict === 'disagrees')).toEqual([])
  expect(runIds).toHaveLength(6)
  const value = (id: string) => findings.find((one) => one.id === id) ?? expect.fail(id)
  for (const id of ['start-mean', 'start-variance']) {
    expect(value(`kappa-0-2-width-64-${id}`).z).toBeLessThanOrEqual(Z_LIMIT)
    expect(value(`kappa-0-2-width-64-${id}`).standardError).toBeGreaterThan(0)
  }
  // The output scale leaves the predicted mean as it is, and networks start from the same parameters.
  const start = (kappa: string) => value(`kappa-${kappa}-width-16-start-mean`).value
  expect(start('0-2')).toBeCloseTo(start('1') * 0.2, 2)
  const rates = tables.find(({ id }) => id === 'rate')?.rows.map(([condition]) => condition)
  expect(new Set(rates)).toEqual(new Set(['learning rate 0.5', 'learning rate 2']))
  expect(studyFigures(report).map(({ id }) => id)).toEqual([
    ...['functions', 'training', 'calibration', 'covariance', 'agreement']
  ])
})
