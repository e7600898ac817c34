import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { paced } from '../../src-renderer/state/paced'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('work is done at most once an interval, and once more for what was asked meanwhile', async () => {
  let done = 0
  const pace = paced(async () => {
    done++
    await Promise.resolve()
  }, 250)
  for (let i = 0; i < 99; i++) {
    pace.ask()
    await vi.advanceTimersByTimeAsync(10)
  }
  expect(done).toBe(4)
  await vi.advanceTimersByTimeAsync(1000)
  expect(done).toBe(5)
})

test('never twice at a time, however long it takes', async () => {
  let atOnce = 0
  let most = 0
  const pace = paced(async () => {
    most = Math.max(most, ++atOnce)
    await new Promise((resolve) => setTimeout(resolve, 1000))
    atOnce--
  }, 250)
  for (let i = 0; i < 50; i++) {
    pace.ask()
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(most).toBe(1)
})

test('stopped, it is not done any more', async () => {
  let done = 0
  const pace = paced(() => {
    done++
    return Promise.resolve()
  }, 250)
  pace.ask()
  pace.stop()
  pace.ask()
  await vi.advanceTimersByTimeAsync(1000)
  expect(done).toBe(0)
})
