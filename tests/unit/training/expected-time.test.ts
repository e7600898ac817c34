import { afterEach, expect, test, vi } from 'vitest'
import { optimiserSchema } from '@shared/design/optimiser'
import type { RunProgress } from '@shared/protocol/results'
import { ProgressMeter, type Position } from '../../../src-main/engine/jobs/progress-meter'
import { stepFlops } from '../../../src-main/engine/training/cost'
import { expectedTrainingMs } from '../../../src-main/engine/training/expected-time'

function ensemble(width: number, members = 500, kind: 'gd' | 'adam' = 'gd') {
  const optimiser = optimiserSchema.parse({ kind })
  return { sizes: [2, width, width, 1], members, trainPoints: 15, testPoints: 100, optimiser }
}

const expected = (width: number, steps: number, members?: number, kind?: 'gd' | 'adam') =>
  expectedTrainingMs(ensemble(width, members, kind), steps, null)

afterEach(() => {
  vi.useRealTimers()
})

test('twice the steps take twice the time, more members and slots more', () => {
  expect(expected(100, 200)).toBeCloseTo(2 * expected(100, 100), 6)
  expect(expected(100, 100, 600)).toBeGreaterThan(expected(100, 100, 500))
  expect(expected(100, 100, 500, 'adam')).toBeGreaterThan(expected(100, 100))
  expect(expected(100, 0)).toBe(0)
})

test('narrow networks take more time than their operations tell', () => {
  const perOperation = (width: number) =>
    expected(width, 1) / stepFlops(ensemble(width).sizes, 15) / 500
  expect(perOperation(20)).toBeGreaterThan(3 * perOperation(500))
})

test('less memory makes more blocks, and these take longer', () => {
  const little = expectedTrainingMs(ensemble(20), 1, 52e6)
  expect(little).toBeGreaterThan(expected(20, 1))
})

test('what is left is told within a factor of two while the narrowest networks train', () => {
  // Milliseconds a step, as measured with 500 networks of these widths: 20, 100, 500.
  const took = new Map([
    [20, 0.83],
    [100, 7],
    [500, 80]
  ])
  const steps = 30_000
  vi.useFakeTimers({ toFake: ['performance'] })
  const events: RunProgress[] = []
  const widths = [...took.keys()]
  const total = widths.reduce((sum, width) => sum + expected(width, steps), 0)
  const meter = new ProgressMeter(total, (progress) => events.push(progress))
  const position = { phase: 'training', width: 20, steps, step: 0 } as Position
  const realTotal = [...took.values()].reduce((sum, perStep) => sum + perStep * steps, 0)

  meter.report(position, 0)
  vi.advanceTimersByTime(10_000)
  meter.report(position, expected(20, 10_000 / 0.83))
  const early = events.at(-1)?.remainingMs ?? NaN
  expect(early).toBeGreaterThan((realTotal - 10_000) / 2)
  expect(early).toBeLessThan((realTotal - 10_000) * 2)

  // On a machine that is slower throughout, the proportions hold: twice the time, twice the remainder.
  vi.advanceTimersByTime(10_000)
  meter.report(position, expected(20, 10_000 / 0.83))
  expect((events.at(-1)?.remainingMs ?? NaN) / early).toBeCloseTo(2, 1)
})

test('slow first steps do not make days of minutes', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const events: RunProgress[] = []
  const total = 300_000
  const meter = new ProgressMeter(total, (progress) => events.push(progress))
  const position = { phase: 'training', width: 20, steps: 30_000, step: 0 } as Position
  meter.report(position, 0)
  vi.advanceTimersByTime(3000)
  meter.report(position, 2)
  expect(events.at(-1)?.remainingMs).toBeGreaterThan(total)
  expect(events.at(-1)?.remainingMs).toBeLessThan(2.1 * total)
  // Nothing done yet says nothing but what was expected, either.
  const fresh = new ProgressMeter(total, (progress) => events.push(progress))
  fresh.report(position, 0)
  vi.advanceTimersByTime(1500)
  fresh.report(position, 0)
  expect(events.at(-1)?.remainingMs).toBeCloseTo(1.5 * total, -3)
})
