import { describe, expect, it, vi } from 'vitest'
import { latest } from '../../src-renderer/state/latest'

describe('the latest request', () => {
  it('is the only one whose answer is used', async () => {
    const answers = new Map<number, (value: string) => void>()
    const done: string[] = []
    const request = latest(
      (n: number) => new Promise<string>((resolve) => answers.set(n, resolve)),
      { done: (value) => done.push(value), failed: () => undefined }
    )
    request.ask(1)
    request.ask(2)
    answers.get(2)?.('second')
    answers.get(1)?.('first')
    await Promise.resolve()
    await Promise.resolve()
    expect(done).toEqual(['second'])
  })

  it('waits for a pause, and can be forgotten', () => {
    vi.useFakeTimers()
    const work = vi.fn(() => Promise.resolve(''))
    const request = latest(work, { done: () => undefined, failed: () => undefined }, 300)
    request.ask('a')
    request.ask('ab')
    vi.advanceTimersByTime(300)
    expect(work.mock.calls).toEqual([['ab']])
    request.ask('abc')
    request.forget()
    vi.advanceTimersByTime(300)
    expect(work).toHaveBeenCalledOnce()
    vi.useRealTimers()
  })
})
