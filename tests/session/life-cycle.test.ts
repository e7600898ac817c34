import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { restoreBackup } from '../../src-main/session/care/restore'
import { float64, int32 } from '../../src-main/session/stored-array'
import { contents } from './contents'
import { newSessionPath, open } from './open'
import { sampleEnsemble, sampleRun } from './sample-values'

const code = (code: string): Error => expect.objectContaining({ code })
const now = new Date('2026-11-24T16:30:00Z')
const restore = (path: string) => restoreBackup(path, '0.1.0', now)

function damage(path: string): void {
  writeFileSync(path, readFileSync(path).fill(0xa5, 4096, 3 * 4096))
}

describe('the backup', () => {
  test('is made beside the file, and made anew only after changes', async () => {
    const path = newSessionPath()
    const first = open(path)
    first.addRun(sampleRun('a'))
    first.updateRun('a', { status: 'completed' })
    await first.backUp()
    first.close()
    const backup = `${path}.backup`
    expect(readdirSync(dirname(path))).toEqual(['lab.tangent', 'lab.tangent.backup'])
    expect(contents(backup)).toEqual(contents(path))

    const made = statSync(backup).mtimeMs
    const second = open(path)
    await second.backUp()
    second.close()
    expect(statSync(backup).mtimeMs).toBe(made)

    const third = open(path)
    third.addRun(sampleRun('b'))
    await third.backUp()
    third.close()
    expect(contents(backup)['run']).toHaveLength(2)
  })

  test('is not made of a session in which nothing is', async () => {
    const path = newSessionPath()
    const session = open(path)
    await session.backUp()
    session.close()
    expect(readdirSync(dirname(path))).toEqual(['lab.tangent'])
  })

  test('stays when the session turns out damaged', async () => {
    const path = newSessionPath()
    const session = open(path)
    session.addRun(sampleRun('a'))
    session.addEnsemble('a', sampleEnsemble(0), { steps: int32(new Int32Array(100_000)) })
    await session.backUp()
    session.close()
    const backup = readFileSync(`${path}.backup`)

    const again = open(path)
    again.addRun(sampleRun('b'))
    const bytes = readFileSync(path)
    writeFileSync(path, bytes.fill(0xa5, 8192))
    expect(() => {
      for (const run of ['a', 'b']) again.listArrays(run)
      again.readArray('a', 'ensemble', 0, 'steps')
    }).toThrow()
    await again.backUp().catch(() => undefined)
    expect(readFileSync(`${path}.backup`).equals(backup)).toBe(true)
  })

  test('goes on while runs record, and has all that they stored', async () => {
    const path = newSessionPath()
    const session = open(path)
    session.addRun(sampleRun('a'))
    session.addEnsemble('a', sampleEnsemble(0), { outputs: float64(new Float64Array(4_000_000)) })
    let turns = 0
    await session.backUp(() => {
      turns++
      session.addEnsemble('a', sampleEnsemble(turns), {})
    })
    expect(turns).toBeGreaterThan(1)
    session.close()
    expect(contents(`${path}.backup`)).toEqual(contents(path))
  })

  test('is made of an older file before it is migrated', () => {
    const path = newSessionPath()
    copyFileSync(join(import.meta.dirname, 'fixtures', 'format-1.sqlite'), path)
    const before = contents(path)
    open(path).close()
    const backup = `${path}.format-1.backup`
    expect(contents(backup)).toEqual(before)
    const raw = new Database(backup)
    expect(raw.pragma('user_version', { simple: true })).toBe(1)
    raw.close()
    open(path).close()
    expect(readdirSync(dirname(path))).toEqual(['lab.tangent', 'lab.tangent.format-1.backup'])
  })
})

describe('a copy', () => {
  test('has the same contents, and never takes the place of a file', async () => {
    const path = newSessionPath()
    const session = open(path)
    session.addRun(sampleRun('a'))
    const copy = join(dirname(path), 'copy.tangent')
    await session.copyTo(copy)
    session.addRun(sampleRun('b'))
    expect(contents(copy)['run']).toHaveLength(1)
    await expect(session.copyTo(copy)).rejects.toThrow(code('file-problem'))
    expect(contents(copy)['run']).toHaveLength(1)
    const nowhere = join(dirname(path), 'missing', 'copy.tangent')
    await expect(session.copyTo(nowhere)).rejects.toThrow(code('file-problem'))
  })

  test('that is stopped leaves nothing', async () => {
    const path = newSessionPath()
    const session = open(path)
    session.addRun(sampleRun('a'))
    session.addEnsemble('a', sampleEnsemble(0), { outputs: float64(new Float64Array(4_000_000)) })
    const stop = new Error('enough')
    const stopped = session.copyTo(join(dirname(path), 'copy.tangent'), () => {
      throw stop
    })
    await expect(stopped).rejects.toBe(stop)
    session.close()
    expect(readdirSync(dirname(path))).toEqual(['lab.tangent'])
  })
})

test('compacting gives back the space of what was removed, and keeps the rest', () => {
  const path = newSessionPath()
  const session = open(path)
  session.addRun(sampleRun('a'))
  const steps = int32(new Int32Array(500_000))
  session.addEnsemble('a', sampleEnsemble(0), { steps })
  session.addEnsemble('a', sampleEnsemble(0), { steps: int32(Int32Array.of(7)) })
  const { bytesBefore, bytesAfter } = session.compact()
  expect(bytesBefore).toBeGreaterThan(2_000_000)
  expect(bytesAfter).toBeLessThan(200_000)
  expect(session.summary().fileBytes).toBe(bytesAfter)
  expect(session.readArray('a', 'ensemble', 0, 'steps').data).toEqual(Int32Array.of(7))
})

describe('restoring', () => {
  async function backedUp(): Promise<string> {
    const path = newSessionPath()
    const session = open(path)
    for (const id of ['a', 'b']) {
      session.addRun(sampleRun(id))
      session.updateRun(id, { status: 'completed' })
    }
    session.addEnsemble('a', sampleEnsemble(0), { steps: int32(new Int32Array(100_000)) })
    await session.backUp()
    session.close()
    return path
  }

  test('puts the backup in the place of the damaged file, and tells which runs it lacks', async () => {
    const path = await backedUp()
    const session = open(path)
    session.addRun(sampleRun('c'))
    session.updateRun('b', { status: 'failed' })
    session.close()
    const raw = new Database(path)
    const root = raw
      .prepare<[], number>("SELECT rootpage FROM sqlite_schema WHERE name = 'array'")
      .pluck()
      .get()!
    raw.close()
    const bytes = readFileSync(path)
    writeFileSync(path, bytes.fill(0xa5, (root - 1) * 4096, root * 4096))
    expect(() => open(path)).toThrow(code('session-damaged'))

    const report = restore(path)
    expect(report.lostRuns).toEqual([
      {
        id: 'b',
        name: 'run b',
        createdAt: '2026-11-24T12:00:00.000Z',
        inBackup: 'an earlier state'
      },
      { id: 'c', name: 'run c', createdAt: '2026-11-24T12:00:00.000Z', inBackup: 'nothing' }
    ])
    expect(report.listIsIncomplete).toBe(false)
    expect(readFileSync(report.setAside).equals(bytes)).toBe(true)
    expect(readdirSync(dirname(path)).sort()).toEqual([
      'lab damaged 2026-11-24.tangent',
      'lab.tangent',
      'lab.tangent.backup'
    ])
    expect(open(path).summary().runCount).toBe(2)
  })

  test('a second time keeps both damaged files', async () => {
    const path = await backedUp()
    for (const name of ['lab damaged 2026-11-24.tangent', 'lab damaged 2026-11-24 2.tangent']) {
      damage(path)
      expect(restore(path).setAside).toBe(join(dirname(path), name))
    }
  })

  test('a file of which nothing can be read says that more may be lost', async () => {
    const path = await backedUp()
    writeFileSync(path, Buffer.alloc(10_000, 0xa5))
    const report = restore(path)
    expect(report).toMatchObject({ lostRuns: [], listIsIncomplete: true })
    expect(open(path).summary().runCount).toBe(2)
  })

  test('without a backup, with a damaged one, or of an open session changes nothing', async () => {
    const path = await backedUp()
    const session = open(path)
    expect(() => restore(path)).toThrow(code('session-in-use'))
    session.close()
    damage(`${path}.backup`)
    const bytes = readFileSync(path)
    expect(() => restore(path)).toThrow(code('session-damaged'))
    expect(readFileSync(path).equals(bytes)).toBe(true)
    const other = newSessionPath()
    open(other).close()
    expect(() => restore(other)).toThrow(code('not-found'))
    expect(existsSync(other)).toBe(true)
  })
})
