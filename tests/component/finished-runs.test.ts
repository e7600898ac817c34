import { expect, test } from 'vitest'
import type { RunSummary } from '@shared/protocol/results'
import { endingsBetween } from '../../src-renderer/state/finished-runs'
import { runSummary } from './fixtures'

test('a run that ended by itself is told of once, others are not', () => {
  const before = [
    runSummary({ id: 'a', name: 'A', status: 'running' }),
    runSummary({ id: 'b', name: 'B', status: 'queued' }),
    runSummary({ id: 'c', status: 'running' }),
    runSummary({ id: 'd', status: 'running' }),
    runSummary({ id: 'e', status: 'completed' })
  ]
  const after = [
    runSummary({ id: 'a', name: 'A', status: 'completed' }),
    runSummary({ id: 'b', name: 'B', status: 'failed' }),
    runSummary({ id: 'c', status: 'cancelled' }),
    runSummary({ id: 'd', status: 'running' }),
    runSummary({ id: 'e', status: 'completed' }),
    runSummary({ id: 'f', status: 'completed' })
  ]
  expect(endingsBetween(before, after)).toEqual([
    { runId: 'a', name: 'A', text: '“A” finished.' },
    { runId: 'b', name: 'B', text: '“B” failed.' }
  ])
  expect(endingsBetween(after, after)).toEqual([])
})

test('of a group failures are told of as they come, all else when its last run ends', () => {
  const run = (id: string, status: RunSummary['status']) =>
    runSummary({ id, name: id, group: 'G', status })
  const first = [run('a', 'running'), run('b', 'queued'), run('c', 'queued')]
  const second = [run('a', 'completed'), run('b', 'running'), run('c', 'queued')]
  const third = [run('a', 'completed'), run('b', 'failed'), run('c', 'running')]
  const last = [run('a', 'completed'), run('b', 'failed'), run('c', 'completed')]
  expect(endingsBetween(first, second)).toEqual([])
  expect(endingsBetween(second, third)).toEqual([{ runId: 'b', name: 'b', text: '“b” failed.' }])
  expect(endingsBetween(third, last)).toEqual([
    { runId: 'c', name: 'G', text: '“G”: 2 of 3 runs finished.' }
  ])
})
