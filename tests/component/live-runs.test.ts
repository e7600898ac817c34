import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RunProgress } from '@shared/protocol/results'
import { liveLossView, LiveRuns, type LiveRun } from '../../src-renderer/state/live-runs'

const progress = (changes: Partial<RunProgress>): RunProgress => ({
  runId: 'run-1',
  phase: 'training',
  ensembleIndex: 0,
  ensembleCount: 2,
  width: 128,
  conditionLabel: '',
  step: 0,
  steps: 100,
  membersDone: 0,
  members: 64,
  fraction: 0,
  elapsedMs: 0,
  remainingMs: null,
  losses: [],
  ...changes
})
const lossAt = (step: number) => ({ step, mean: 1 / (step + 1), low: 0.1, high: 2 })

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const quick = { name: 'Quick', experiment: { loss: 'mse' } } as const

describe('runs in progress', () => {
  it('are told at most ten times a second, with nothing lost between', () => {
    const told: ReadonlyMap<string, LiveRun>[] = []
    const live = new LiveRuns((runs) => told.push(runs))
    for (let step = 0; step < 100; step++) {
      live.take(progress({ step, losses: [lossAt(step)] }))
      vi.advanceTimersByTime(10)
    }
    vi.advanceTimersByTime(100)
    expect(told.length).toBeGreaterThan(5)
    expect(told.length).toBeLessThanOrEqual(11)
    expect(told.at(-1)?.get('run-1')?.losses).toHaveLength(100)
  })

  it('start a new curve with the next block of networks or the next ensemble', () => {
    let latest: ReadonlyMap<string, LiveRun> = new Map()
    const live = new LiveRuns((runs) => {
      latest = runs
    })
    const stepsAfter = (changes: Partial<RunProgress>) => {
      live.take(progress(changes))
      vi.advanceTimersByTime(200)
      return latest.get('run-1')?.losses.map(({ step }) => step)
    }
    expect(stepsAfter({ losses: [lossAt(0), lossAt(1)] })).toEqual([0, 1])
    expect(stepsAfter({ losses: [lossAt(2)] })).toEqual([0, 1, 2])
    expect(stepsAfter({ losses: [] })).toEqual([0, 1, 2])
    expect(stepsAfter({ membersDone: 32, losses: [lossAt(0)] })).toEqual([0])
    expect(stepsAfter({ ensembleIndex: 1, losses: [lossAt(5)] })).toEqual([5])
    live.forget('run-1')
    vi.advanceTimersByTime(200)
    expect(latest.size).toBe(0)
  })

  it('become a loss view without a prediction', () => {
    expect(liveLossView(quick, { progress: progress({}), losses: [] })).toBeNull()
    const view = liveLossView(quick, { progress: progress({}), losses: [lossAt(0), lossAt(3)] })
    expect([...(view?.steps ?? [])]).toEqual([0, 3])
    expect(view?.predicted).toHaveLength(0)
  })
})
