import { expect, test } from 'vitest'
import { moved } from '@shared/protocol/queue'
import { RunQueue, type NewJob } from '../../../src-main/engine/jobs/run-queue'

/** A queue whose jobs end when they are told to, and what they did. */
function watchedQueue() {
  const log: string[] = []
  const ends = new Map<string, () => void>()
  const queue = new RunQueue()
  const job = (id: string, isKept = true): NewJob => ({
    ...{ id, isKept },
    work: (signal) =>
      new Promise((resolve) => {
        const end = (what: string) => () => {
          log.push(`${id} ${what}`)
          resolve()
        }
        if (signal.aborted) {
          end(`stopped: ${String(signal.reason)}`)()
          return
        }
        log.push(`${id} begins`)
        ends.set(id, end('ends'))
        signal.addEventListener('abort', () => {
          end(`stopped: ${String(signal.reason)}`)()
        })
      })
  })
  const finish = async (id: string) => {
    ends.get(id)?.()
    await new Promise(setImmediate)
  }
  return { queue, log, job, finish }
}

test('jobs run one after another, in the order into which they were moved', async () => {
  const { queue, log, job, finish } = watchedQueue()
  queue.add(job('a'), job('b'), job('c'), job('d'))
  expect(queue.order).toEqual(['a', 'b', 'c', 'd'])
  expect(queue.move('d', 'first')).toBe(true)
  expect(queue.move('b', 'down')).toBe(true)
  // What runs already cannot be moved, nor what is not there.
  expect([queue.move('a', 'last'), queue.move('x', 'up')]).toEqual([false, false])
  expect(queue.order).toEqual(['a', 'd', 'c', 'b'])
  for (const id of ['a', 'd', 'c', 'b']) await finish(id)
  expect(log.filter((line) => line.endsWith('begins'))).toEqual([
    'a begins',
    'd begins',
    'c begins',
    'b begins'
  ])
  expect(queue.isIdle).toBe(true)
})

test('a waiting job stops at once, not when its turn comes', async () => {
  const { queue, log, job, finish } = watchedQueue()
  queue.add(job('a'), job('b'), job('c'))
  expect(queue.stop('b', 'unwanted')).toBe(true)
  expect(log).toEqual(['a begins', 'b stopped: unwanted'])
  expect(queue.order).toEqual(['a', 'c'])
  await finish('a')
  expect(queue.running).toBe('c')
})

test('holding lets the running job end and begins no other', async () => {
  const { queue, log, job, finish } = watchedQueue()
  queue.add(job('a'), job('b'))
  queue.hold(true)
  await finish('a')
  await queue.idle()
  expect([queue.held, queue.running, queue.order]).toEqual([true, null, ['b']])
  queue.hold(false)
  expect(queue.running).toBe('b')
  expect(log).toEqual(['a begins', 'a ends', 'b begins'])
})

test('closing forgets what is kept elsewhere and stops the rest', async () => {
  const { queue, log, job } = watchedQueue()
  queue.add(job('a'), job('b'), job('study', false))
  await queue.stopAll('closing')
  // The order of the two ends is of no account.
  expect(log.toSorted()).toEqual(['a begins', 'a stopped: closing', 'study stopped: closing'])
  expect(queue.order).toEqual([])
})

test.each([
  ['b', 'up', ['b', 'a', 'c']],
  ['a', 'up', ['a', 'b', 'c']],
  ['b', 'down', ['a', 'c', 'b']],
  ['c', 'down', ['a', 'b', 'c']],
  ['c', 'first', ['c', 'a', 'b']],
  ['a', 'last', ['b', 'c', 'a']],
  ['x', 'first', ['a', 'b', 'c']]
] as const)('%s moved %s', (one, to, result) => {
  expect(moved(['a', 'b', 'c'], (each) => each === one, to)).toEqual(result)
})
