import { expect, test } from 'vitest'
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
