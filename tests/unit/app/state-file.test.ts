import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readState, writeState } from '../../../src-main/app/state-file'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tangent-app-'))
  path = join(folder, 'state.json')
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

describe('what the application remembers', () => {
  test('a first start remembers nothing', () => {
    expect(readState(path)).toEqual({ theme: 'system', recentSessions: [] })
  })

  test('is read as it was written', async () => {
    const state = {
      bounds: { x: -5, y: 10, width: 1280, height: 800 },
      lastSession: '/data/a.tangent',
      recentSessions: [{ path: '/data/a.tangent', openedAt: '2026-11-24T12:00:00.000Z' }],
      theme: 'dark' as const
    }
    await writeState(path, state)
    expect(readState(path)).toEqual(state)
  })

  test.each([
    ['no JSON', '{"theme":'],
    ['an unknown theme', '{"theme":"pink"}'],
    ['a window too small to find', '{"bounds":{"width":1,"height":1}}'],
    ['something else', '[]'],
    ['nothing', '']
  ])('a damaged file starts afresh and says so: %s', (_what, text) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    writeFileSync(path, text)
    expect(readState(path)).toEqual({ theme: 'system', recentSessions: [] })
    expect(warn).toHaveBeenCalledOnce()
  })
})
