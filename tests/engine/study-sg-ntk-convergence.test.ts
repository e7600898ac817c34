import { expect, test } from 'vitest'
import { smallStudy, studyBench } from '../support/run-study'

const small = {
  name: 'small',
  widths: [32, 128],
  steps: 20,
  sweep: { parameter: 'activation.m', values: [2] }
}

test('sg-ntk-convergence: networks’ kernels approach the analytic one, one way round only', async () => {
  const report = await studyBench().run(
    smallStudy('sg-ntk-convergence', {
      erf: { preset: 'figure-2-erf', changes: small },
      identity: { preset: 'figure-2-identity', changes: { ...small, name: 'small identity' } }
    })
  )
  const { findings, tables } = report.content
  // Estimates lie within Z_LIMIT standard errors of what theory says of them.
  expect(findings.filter(({ verdict }) => verdict === 'disagrees')).toEqual([])
  const position = findings.find(({ id }) => id === 'orientation-position')
  expect(position?.z).toBeLessThan(3)
  expect(position?.standardError).toBeLessThan(0.1)
  expect(findings.find(({ id }) => id === 'orientation-difference')?.value).toBeGreaterThan(0.05)
  const errors = tables.find(({ id }) => id === 'erf-errors')?.rows.map((row) => row[3]) ?? []
  expect(errors).toHaveLength(4)
  expect(errors[1]).toBeLessThan(Number(errors[0]))
})
