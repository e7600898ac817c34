import { describe, expect, test } from 'vitest'
import { runRecord } from '@shared/organise/run-record'
import { searchRuns } from '@shared/organise/search-runs'
import { ensembleWith, experimentWith, runWith } from './recorded-runs'

const erfPrime = (m: number) => ({ name: 'erf_prime', m })
const records = [
  runWith({
    id: 'wide',
    name: 'Wide networks',
    tags: ['paper', 'fig-3'],
    group: 'κ sweep',
    note: 'See the appendix.',
    createdAt: '2026-11-20T03:00:00.000Z',
    experiment: experimentWith({ widths: [100, 500], surrogate: erfPrime(4), seed: 1 }),
    ensembles: [ensembleWith(), ensembleWith({ index: 1, width: 500, finalLoss: 0.01 })]
  }),
  runWith({
    id: 'narrow',
    name: 'Narrow',
    tags: ['paper'],
    status: 'failed',
    archived: true,
    experiment: experimentWith({ widths: [20], surrogate: erfPrime(5), seed: 11 })
  }),
  runWith({
    id: 'smooth',
    name: 'Without a surrogate',
    status: 'cancelled',
    ensembles: [],
    experiment: experimentWith({
      design: { depthHidden: 1, activation: { name: 'erf', m: 2 }, sigmaW: 1, sigmaB: 0 },
      surrogate: null,
      seed: 2,
      optimiser: { kind: 'adam' }
    })
  })
].map(runRecord)

const found = (query: string) => searchRuns(records, query).map(({ runId }) => runId)

describe('searchRuns', () => {
  test.each([
    ['', ['wide', 'narrow', 'smooth']],
    ['wide', ['wide']],
    ['WIDE networks', ['wide']],
    ['appendix', ['wide']],
    ['erf_prime', ['wide', 'narrow']],
    ['-wide', ['narrow', 'smooth']],
    ['tag:paper', ['wide', 'narrow']],
    ['tag:fig', ['wide']],
    ['tag=fig', []],
    ['tag=fig-3', ['wide']],
    ['tag=""', ['smooth']],
    ['-tag:""', ['wide', 'narrow']],
    ['group:"κ sweep"', ['wide']],
    ['group=none', ['narrow', 'smooth']],
    ['status:completed', ['wide']],
    ['status=failed,cancelled', ['narrow', 'smooth']],
    ['status!=failed,cancelled', ['wide']],
    ['archived=no', ['wide', 'smooth']],
    ['archived:yes', ['narrow']],
    ['width>=500', ['wide']],
    ['width<50', ['narrow']],
    // Each part may fit another width.
    ['width>100 width<500', ['wide', 'smooth']],
    ['surrogate.name=erf_prime', ['wide', 'narrow']],
    ['surrogate=erf_prime m<5', ['wide']],
    ['surrogate=none', ['smooth']],
    ['activation=erf', ['smooth']],
    ['m=2', ['smooth']],
    ['m=2,4', ['wide', 'smooth']],
    ['seed=1', ['wide']],
    ['seed!=1', ['narrow', 'smooth']],
    ['optimiser=adam', ['smooth']],
    ['finalLoss<0.1', ['wide']],
    ['loss=mse', ['wide', 'narrow', 'smooth']],
    ['learningRate>=1e-3 seed>1', ['narrow', 'smooth']],
    ['created>=2026-11-24', ['narrow', 'smooth']],
    ['created<2026-11-24', ['wide']],
    ['note=""', ['narrow', 'smooth']],
    ['finished:sometime', []],
    ['device:gpu', []]
  ])('%s', (query, ids) => {
    expect(found(query)).toEqual(ids)
  })

  test('names a field that no run has, where it stands, and fields like it', () => {
    expect(() => found('paper widht>3')).toThrow(
      '“widht>3” at character 7 of the search names a field that no run has: there are widths.'
    )
  })

  test('does not compare numbers with words', () => {
    expect(() => found('seed=one')).toThrow('compares numbers with “one”: give a number')
  })

  test('has nothing to refuse where there are no runs, but the query has to be one', () => {
    expect(searchRuns([], 'anything=1')).toEqual([])
    expect(() => searchRuns([], 'm<')).toThrow('a value is missing after m')
  })
})
