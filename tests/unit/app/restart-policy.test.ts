import { describe, expect, test } from 'vitest'
import { restartDelay } from '../../../src-main/app/restart-policy'

describe('how long to wait before the engine is started again', () => {
  test('longer each time, then not at all', () => {
    expect(restartDelay([0])).toBe(200)
    expect(restartDelay([0, 1000])).toBe(1000)
    expect(restartDelay([0, 1000, 3000])).toBe(5000)
    expect(restartDelay([0, 1000, 3000, 9000])).toBeNull()
  })

  test('crashes more than a minute ago are forgotten', () => {
    expect(restartDelay([0, 1000, 3000, 63_000])).toBe(200)
    expect(restartDelay([0, 1000, 3000, 60_500])).toBe(5000)
  })
})
