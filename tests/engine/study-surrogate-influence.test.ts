import { expect, test } from 'vitest'
import { smallStudy, studyBench } from '../support/run-study'

test('surrogate-influence: closed forms, symmetry and the effect of width', async () => {
  const report = await studyBench().run(
    smallStudy('surrogate-influence', {
      networks: {
        preset: 'figure-3',
        changes: { name: 'small', widths: [32, 64], ensembleSize: 12, steps: 100, recordCount: 2 }
      }
    })
  )
  const { findings, runIds, tables } = report.content
  expect(findings.filter(({ verdict }) => verdict === 'disagrees')).toEqual([])
  const value = (id: string): number => findings.find((one) => one.id === id)?.value ?? NaN
  expect(value('width-over-shape')).toBeGreaterThan(1)
  expect(value('width-over-area')).toBeGreaterThan(1)
  expect(value('asymmetry-on-circle')).toBeLessThan(1e-14)
  expect(runIds).toHaveLength(4)
  // At coinciding points the SG-NTK of sign sees nothing of ψ but its value at 0.
  const properties = tables.find(({ id }) => id === 'properties')?.rows ?? []
  expect(properties).toHaveLength(24)
  for (const row of properties.slice(0, 8))
    expect(row[4]).toBeCloseTo(Number(properties[0]?.[4]), 10)
})
