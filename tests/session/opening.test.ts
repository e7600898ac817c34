import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test, vi } from 'vitest'
import { runStatuses } from '@shared/protocol/results'
import { openDatabase } from '../../src-main/session/database'
import { openSession, Session } from '../../src-main/session/session'
import { int32 } from '../../src-main/session/stored-array'
import { migrations } from '../../src-main/session/migrations/index'
import { newSessionPath, open } from './open'
import { sampleEnsemble, sampleRun } from './sample-values'

function refusal(code: string, message: string): Error {
  return expect.objectContaining({
    code,
    message: expect.stringContaining(message) as unknown
  })
}

/** A closed session with one run and 200 kB of numbers. */
function closedSession(): string {
  const path = newSessionPath()
  const session = open(path)
  session.addRun(sampleRun('a'))
  session.addEnsemble('a', sampleEnsemble(0), { steps: int32(new Int32Array(50_000)) })
  session.close()
  return path
}

/** Expects a refusal that leaves the file's bytes and its folder as they were. */
function expectRefusedUntouched(path: string, error: Error): void {
  const bytes = readFileSync(path)
  const folder = readdirSync(dirname(path))
  expect(() => open(path)).toThrow(error)
  expect(readFileSync(path).equals(bytes)).toBe(true)
  expect(readdirSync(dirname(path))).toEqual(folder)
}

describe('a session file', () => {
  test('is made where there is none, and is one file when it is closed', () => {
    const path = newSessionPath()
    const session = open(path)
    expect(existsSync(path)).toBe(true)
    session.close()
    session.close()
    expect(readdirSync(dirname(path))).toEqual(['lab.tangent'])
  })

  test('may be empty: that is a new one', () => {
    const path = newSessionPath()
    writeFileSync(path, '')
    expect(open(path).summary().runCount).toBe(0)
  })

  test('may be an SQLite file in which nothing was made yet', () => {
    const path = newSessionPath()
    const raw = new Database(path)
    raw.pragma('journal_mode = WAL')
    raw.close()
    expect(readFileSync(path).length).toBe(4096)
    expect(open(path).summary().runCount).toBe(0)
  })

  test('may be reached through a symbolic link', () => {
    const path = closedSession()
    const link = join(dirname(path), 'link.tangent')
    symlinkSync(path, link)
    open(path)
    expect(() => open(link)).toThrow(refusal('session-in-use', 'already open'))
  })

  test('reports work that is slow', () => {
    const heard: string[] = []
    const session = openSession(newSessionPath(), {
      appVersion: '0.1.0',
      onSlowWork: (message) => heard.push(message)
    })
    heard.length = 0
    const clock = vi.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValueOnce(41)
    session.listRuns()
    clock.mockRestore()
    session.close()
    expect(heard[0]).toBe('session: list runs took 41 ms')
  })
})

test('a full disk is told, and what was stored before stays', () => {
  const path = closedSession()
  const database = openDatabase(path, '0.1.0')
  const session = new Session(database, { appVersion: '0.1.0' })
  const pages = database.pragma('page_count', { simple: true }) as number
  database.pragma(`max_page_count = ${pages + 2}`)
  const large = { outputs: int32(new Int32Array(100_000)) }
  expect(() => {
    session.addEnsemble('a', sampleEnsemble(1), large)
  }).toThrow(refusal('file-problem', 'There is no space left'))
  expect(session.listArrays('a').map(({ ownerIndex }) => ownerIndex)).toEqual([0])
  database.pragma('max_page_count = 1000000')
  session.addEnsemble('a', sampleEnsemble(1), large)
  session.close()
  expect(open(path).listArrays('a')).toHaveLength(2)
})

describe('runs left behind', () => {
  test('queued and running ones become interrupted and are counted once', () => {
    const path = newSessionPath()
    const session = open(path)
    for (const status of runStatuses) {
      session.addRun(sampleRun(status))
      session.updateRun(status, { status })
    }
    session.close()
    const again = open(path)
    expect(again.summary().interruptedOnOpen).toBe(2)
    expect(again.listRuns().map(({ id, status }) => [id, status])).toEqual([
      ['cancelled', 'cancelled'],
      ['interrupted', 'interrupted'],
      ['failed', 'failed'],
      ['completed', 'completed'],
      ['paused', 'paused'],
      ['running', 'interrupted'],
      ['queued', 'interrupted']
    ])
    again.close()
    expect(open(path).summary().interruptedOnOpen).toBe(0)
  })
})

describe('refused', () => {
  test('a session of a newer format', () => {
    const path = closedSession()
    const raw = new Database(path)
    raw.pragma('user_version = 99')
    raw.close()
    expectRefusedUntouched(
      path,
      refusal('session-newer', `its format is 99; version 0.1.0 reads up to ${migrations.length}`)
    )
  })

  test('a session of a newer format whose mark is still in its write-ahead log', () => {
    const path = closedSession()
    const raw = new Database(path)
    raw.pragma('user_version = 99')
    const crashed = join(dirname(path), 'crashed.tangent')
    copyFileSync(path, crashed)
    copyFileSync(`${path}-wal`, `${crashed}-wal`)
    raw.close()
    expect(() => open(crashed)).toThrow(refusal('session-newer', 'its format is 99'))
    const after = new Database(crashed)
    expect(after.pragma('user_version', { simple: true })).toBe(99)
    after.close()
  })

  test('an SQLite file of another application', () => {
    const path = newSessionPath()
    const raw = new Database(path)
    raw.exec('CREATE TABLE song (name TEXT)')
    raw.close()
    expectRefusedUntouched(path, refusal('session-unusable', 'is not a Tangent Lab session'))
    const marked = new Database(path)
    marked.pragma('application_id = 7')
    marked.close()
    expectRefusedUntouched(path, refusal('session-unusable', 'is not a Tangent Lab session'))
  })

  test.each([
    ['a text', Buffer.from('notes\n'.repeat(1000))],
    ['garbage', Buffer.alloc(8192, 0xa5)],
    ['a few bytes', Buffer.from('SQLite format 3\0')]
  ])('%s', (_, bytes) => {
    const path = newSessionPath()
    writeFileSync(path, bytes)
    expectRefusedUntouched(path, refusal('session-unusable', 'is not a Tangent Lab session'))
  })

  test('a session that was cut off', () => {
    const path = closedSession()
    truncateSync(path, 100_000)
    expect(() => open(path)).toThrow(refusal('session-damaged', 'is damaged'))
    expect(readdirSync(dirname(path))).toEqual(['lab.tangent'])
  })

  test('a session with garbage in the middle', () => {
    const path = closedSession()
    const bytes = readFileSync(path)
    writeFileSync(path, bytes.fill(0xa5, 4096, 5 * 4096))
    expect(() => open(path)).toThrow(refusal('session-damaged', 'is damaged'))
  })

  test('a folder, and a path in a folder that is not there', () => {
    const path = newSessionPath()
    mkdirSync(path)
    expect(() => open(path)).toThrow(refusal('file-problem', 'is not a file'))
    const nowhere = join(dirname(path), 'missing', 'lab.tangent')
    expect(() => open(nowhere)).toThrow(refusal('file-problem', 'There is no folder'))
  })

  test('a second opening in the same process, until the first is closed', () => {
    const path = closedSession()
    const first = open(path)
    expect(() => open(path)).toThrow(
      refusal(
        'session-in-use',
        `already open in another window or program (process ${process.pid})`
      )
    )
    first.addRun(sampleRun('b'))
    first.close()
    expect(open(path).summary().runCount).toBe(2)
  })
})
