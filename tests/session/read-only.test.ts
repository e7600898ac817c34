import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openReadOnly, type Session } from '../../src-main/session/session'
import { int32 } from '../../src-main/session/stored-array'
import { newSessionPath, open } from './open'
import { sampleDataset, sampleEnsemble, sampleRun } from './sample-values'

function read(path: string): Session {
  const session = openReadOnly(path, { appVersion: '0.1.0' })
  onTestFinished(() => {
    session.close()
  })
  return session
}

const code = (code: string): Error => expect.objectContaining({ code })

/** A closed session with a run that is 'running', as a crash leaves it. */
function closedSession(): string {
  const path = newSessionPath()
  const session = open(path)
  session.addRun(sampleRun('a'))
  session.addEnsemble('a', sampleEnsemble(0), { steps: int32(Int32Array.of(1, 2)) })
  session.updateRun('a', { status: 'running' })
  session.close()
  return path
}

describe('a session open for reading only', () => {
  test('shows what is there, says so, and leaves the file and its folder as they were', () => {
    const path = closedSession()
    const bytes = readFileSync(path)
    const session = read(path)
    expect(session.summary()).toMatchObject({ path, name: 'lab', readOnly: true, runCount: 1 })
    expect(session.showRun('a').status).toBe('interrupted')
    expect(session.readArray('a', 'ensemble', 0, 'steps').data).toEqual(Int32Array.of(1, 2))
    session.close()
    expect(readdirSync(dirname(path))).toEqual(['lab.tangent'])
    expect(readFileSync(path).equals(bytes)).toBe(true)
  })

  test('refuses every change', async () => {
    const session = read(closedSession())
    const changes: (() => unknown)[] = [
      () => {
        session.addRun(sampleRun('b'))
      },
      () => {
        session.updateRun('a', { status: 'failed' })
      },
      () => {
        session.addEnsemble('a', sampleEnsemble(1), {})
      },
      () => session.addDataset(sampleDataset()),
      () => session.compact()
    ]
    for (const change of changes) expect(change).toThrow(code('session-read-only'))
    await session.backUp()
    expect(readdirSync(dirname(session.path))).not.toContain('lab.tangent.backup')
  })

  test('can be copied: the copy can be written', async () => {
    const session = read(closedSession())
    const copy = join(dirname(session.path), 'copy.tangent')
    await session.copyTo(copy)
    const copied = open(copy)
    expect(copied.summary()).toMatchObject({ readOnly: false, interruptedOnOpen: 1 })
  })

  test('of an earlier format is read from a copy', () => {
    const path = newSessionPath()
    copyFileSync(join(import.meta.dirname, 'fixtures', 'format-1.sqlite'), path)
    const bytes = readFileSync(path)
    const session = read(path)
    expect(session.listRuns().map(({ status }) => status)).toEqual(['completed'])
    expect(session.summary().path).toBe(path)
    expect(() => {
      session.addRun(sampleRun('b'))
    }).toThrow(code('session-read-only'))
    session.close()
    expect(readFileSync(path).equals(bytes)).toBe(true)
    expect(readdirSync(dirname(path))).toEqual(['lab.tangent'])
  })

  test('that is not there is not made', () => {
    const path = newSessionPath()
    expect(() => read(path)).toThrow(code('not-found'))
    expect(readdirSync(dirname(path))).toEqual([])
  })

  test('that is open for writing in this process is refused', () => {
    const path = closedSession()
    open(path)
    expect(() => read(path)).toThrow(code('session-in-use'))
  })

  test.each([
    ['newer', 'session-newer', newer],
    [
      'foreign',
      'session-unusable',
      (path: string) => {
        writeFileSync(path, 'notes\n'.repeat(99))
      }
    ],
    [
      'damaged',
      'session-damaged',
      (path: string) => {
        writeFileSync(path, readFileSync(path).fill(0xa5, 4096, 20_000))
      }
    ]
  ])('that is %s is refused untouched', (_, refusal, spoil) => {
    const path = closedSession()
    spoil(path)
    const bytes = readFileSync(path)
    expect(() => read(path)).toThrow(code(refusal))
    expect(readFileSync(path).equals(bytes)).toBe(true)
    expect(readdirSync(dirname(path))).toEqual(['lab.tangent'])
  })
})

function newer(path: string): void {
  const raw = new Database(path)
  raw.pragma('user_version = 99')
  raw.close()
}
