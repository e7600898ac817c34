import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { RememberedState } from '../../../src-main/app/remembered-state'
import { readState } from '../../../src-main/app/state-file'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tangent-app-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('the file ends as the last of many changes, once settled', async () => {
  const path = join(folder, 'state.json')
  const remembered = new RememberedState(path, vi.fn())
  for (let round = 0; round < 50; round++) {
    remembered.remember({ theme: 'dark' })
    remembered.remember({ lastSession: `/data/${round}.tangent` })
    if (round % 10 === 0) await new Promise(setImmediate)
  }
  remembered.remember({ theme: 'light' })
  await remembered.settled()
  expect(readState(path)).toMatchObject({ theme: 'light', lastSession: '/data/49.tangent' })
  expect(readdirSync(folder)).toEqual(['state.json'])
})

test('a change that cannot be kept is told, and the next one is tried again', async () => {
  const onProblem = vi.fn()
  const remembered = new RememberedState(join(folder, 'gone', 'state.json'), onProblem)
  remembered.remember({ theme: 'dark' })
  await remembered.settled()
  remembered.remember({ theme: 'light' })
  await remembered.settled()
  expect(onProblem).toHaveBeenCalledTimes(2)
  expect(remembered.current.theme).toBe('light')
})
