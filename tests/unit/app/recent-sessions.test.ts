import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { RememberedSession } from '@shared/protocol/recent-sessions'
import { RecentSessions } from '../../../src-main/app/recent-sessions'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 24, hour))

function recentSessions() {
  let kept: readonly RememberedSession[] = []
  return new RecentSessions({
    read: () => kept,
    write: (sessions) => {
      kept = sessions
    }
  })
}

test('the last one opened is first, each stands once, and old ones are forgotten', () => {
  const recent = recentSessions()
  for (const name of ['a', 'b', 'a']) recent.add(`/data/${name}.tangent`, at(1))
  expect(recent.paths).toEqual(['/data/a.tangent', '/data/b.tangent'])
  for (let i = 0; i < 20; i++) recent.add(`/data/${i}.tangent`, at(2))
  expect(recent.paths).toHaveLength(12)
  expect(recent.paths[0]).toBe('/data/19.tangent')
  recent.forget('/data/19.tangent')
  expect(recent.paths[0]).toBe('/data/18.tangent')
  recent.forget(null)
  expect(recent.paths).toEqual([])
})

test('says how large files are and which are gone; opens only what is on the list and there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tangent-recent-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true })
  })
  const [here, gone] = [join(folder, 'here.tangent'), join(folder, 'gone.tangent')]
  writeFileSync(here, '12345')
  const recent = recentSessions()
  recent.add(gone, at(1))
  recent.add(folder, at(2))
  recent.add(here, at(3))
  expect(await recent.list()).toEqual([
    { path: here, openedAt: '2026-11-24T03:00:00.000Z', bytes: 5 },
    { path: folder, openedAt: '2026-11-24T02:00:00.000Z', bytes: null },
    { path: gone, openedAt: '2026-11-24T01:00:00.000Z', bytes: null }
  ])
  await recent.requireThere(here)
  await expect(recent.requireThere(gone)).rejects.toMatchObject({ code: 'not-found' })
  await expect(recent.requireThere('/etc/passwd')).rejects.toMatchObject({
    code: 'invalid-request'
  })
})
