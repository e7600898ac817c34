import { expect, test } from 'vitest'
import { studyFigures } from '@shared/studies/study-figures'
import { findStudy } from '../../src-main/engine/studies/studies'
import { smallStudy, studyBench } from '../support/run-study'

const half = { name: 'erf_prime', m: 1, amp: 0.5 }
const heaviside = { depthHidden: 2, activation: { name: 'heaviside' }, sigmaW: 1, sigmaB: 0.1 }
const layer = { steps: 3, leak: 0.8, threshold: 0.5, turn: 0.4, sigmaW: 1, sigmaB: 0.1 }

test('beyond-the-paper: spiking kernels are right where they are known, and networks tend to them', async () => {
  const report = await studyBench().run(
    smallStudy('beyond-the-paper', {
      kernels: [],
      trained: [
        {
          label: 'Heaviside',
          networks: {
            preset: 'figure-3',
            changes: {
              ...{ name: 'small', design: heaviside, surrogate: half, widths: [16, 64] },
              ...{ ensembleSize: 16, steps: 60, recordCount: 0 }
            }
          }
        }
      ],
      spiking: {
        layers: [{ id: 'lif-reset', title: 'with reset', layer: { ...layer, reset: true } }],
        check: {
          ...{ kind: 'disc', innerRadius: 0.3, outerRadius: 3, trainCount: 6, testCount: 1 },
          seed: 1
        },
        data: { kind: 'circle', trainFrom: 'grid', trainCount: 5, testCount: 8 },
        ...{ surrogate: half, m: 5, draws: { seed: 1, units: 8000, batches: 40 } },
        ...{ widths: [16, 64], members: 10, steps: 20 }
      }
    })
  )
  const { findings, tables } = report.content
  // Estimates lie within Z_LIMIT standard errors of what theory says of them.
  expect(findings.filter(({ verdict }) => verdict === 'disagrees')).toEqual([])
  const finding = (id: string) => findings.find((one) => one.id === id) ?? expect.fail(id)
  // So small an error leaves room for one orientation alone.
  expect(finding('check-position').standardError).toBeLessThan(0.1)
  expect(finding('check-size').standardError).toBeLessThan(0.02)
  expect(finding('lif-reset-kernel-width-64').standardError).toBeLessThan(0.1)
  const errors = tables.find(({ id }) => id === 'lif-reset-widths')?.rows.map((row) => row[2]) ?? []
  expect(Number(errors[1])).toBeLessThan(Number(errors[0]))
  expect(studyFigures(report).map(({ id }) => id)).toEqual(['trained', 'spiking'])
  expect(findStudy('beyond-the-paper').definition.beyondPaper).toBe(true)
})
