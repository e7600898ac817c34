import { expect, test } from 'vitest'
import { smallStudy, studyBench } from '../support/run-study'

test('ill-posedness: every finding agrees with theory', async () => {
  const report = await studyBench().run(
    smallStudy('ill-posedness', {
      depths: [1, 2],
      perDecade: 1,
      networks: {
        preset: 'figure-1',
        changes: {
          name: 'small',
          widths: [32, 128],
          steps: 20,
          sweep: { parameter: 'activation.m', values: [2, 5] }
        }
      }
    })
  )
  const { findings, runIds, tables } = report.content
  expect(findings.filter(({ verdict }) => verdict === 'disagrees')).toEqual([])
  const value = (id: string): number => findings.find((one) => one.id === id)?.value ?? NaN
  expect(value('diagonal-exponent-depth-2')).toBeCloseTo(2, 3)
  expect(value('half-width-exponent-depth-2')).toBeCloseTo(-1.5, 3)
  expect(value('step-size-exponent-depth-1')).toBeCloseTo(-1, 2)
  // m = 10⁴, far from any point: nothing is learned there.
  expect(value('error-between-depth-2')).toBeGreaterThan(0.999)
  expect(runIds).toHaveLength(1)
  expect(tables.map(({ id }) => id)).toEqual([
    ...['sharpening-depth-1', 'sharpening-depth-2', 'networks-errors', 'networks-changes']
  ])
})
