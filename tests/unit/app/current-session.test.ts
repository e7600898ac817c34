import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LabError } from '@shared/protocol/errors'
import { CurrentSession } from '../../../src-main/app/current-session'

let folder: string
let opened: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tangent-app-'))
  opened = []
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** A session whose engine refuses some files. */
function session(path: string, refuse: (path: string) => LabError | null): CurrentSession {
  return new CurrentSession(path, {
    defaultPath: join(folder, 'Documents', 'Tangent Lab', 'My first session.tangent'),
    open: (wanted) => {
      const problem = refuse(wanted)
      return problem ? Promise.reject(problem) : Promise.resolve()
    },
    onOpened: (path) => opened.push(path)
  })
}

const damaged = new LabError('session-unusable', 'it is damaged.')

test('a session that can be opened is not replaced', async () => {
  const current = session(join(folder, 'a.tangent'), () => null)
  expect(await current.openOrReplace()).toBeNull()
  expect(opened).toEqual([join(folder, 'a.tangent')])
})

test('the first session’s folder is made', async () => {
  const path = join(folder, 'Documents', 'Tangent Lab', 'My first session.tangent')
  await session(path, () => null).openOrReplace()
  expect(existsSync(join(folder, 'Documents', 'Tangent Lab'))).toBe(true)
})

test('a session that cannot be opened is replaced beside it, and says why', async () => {
  const path = join(folder, 'a.tangent')
  writeFileSync(path, 'my thesis')
  const current = session(path, (wanted) => (wanted === path ? damaged : null))
  const replacement = join(folder, 'a 2.tangent')
  expect(await current.openOrReplace()).toEqual({ path: replacement, problem: 'it is damaged.' })
  expect(current.path).toBe(replacement)
})

test('where nothing can be stored there, an unused name among the documents is taken', async () => {
  const documents = join(folder, 'Documents', 'Tangent Lab')
  mkdirSync(documents, { recursive: true })
  writeFileSync(join(documents, 'My first session.tangent'), '')
  const current = session('/nowhere/a.tangent', (wanted) =>
    wanted.startsWith('/nowhere') ? new LabError('file-problem', 'there is no folder.') : null
  )
  expect(await current.openOrReplace()).toEqual({
    path: join(documents, 'My first session 2.tangent'),
    problem: 'there is no folder.'
  })
})

test('where nothing can be stored at all, every reason is told', async () => {
  writeFileSync(join(folder, 'Documents'), '')
  const current = session('/nowhere/a.tangent', () => damaged)
  await expect(current.openOrReplace()).rejects.toThrow(
    /^No session can be stored: it is damaged\. The folder .*Tangent Lab cannot be made: .*/
  )
  expect(opened).toEqual([])
})

test('an engine that ended is no reason to look for another file', async () => {
  const current = session(join(folder, 'a.tangent'), () => {
    return new LabError('engine-unavailable', 'it ended')
  })
  await expect(current.openOrReplace()).rejects.toThrow('it ended')
  expect(current.path).toBe(join(folder, 'a.tangent'))
})
