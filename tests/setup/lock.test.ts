import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { withLock } from '../../resources/setup/lock.mjs'
import { temporaryFolder } from './folders'

const lockModule = pathToFileURL(join(import.meta.dirname, '../../resources/setup/lock.mjs')).href

/** A process id that was in use a moment ago and is no longer. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  return child.pid!
}

function writeLock(folder: string, owner: unknown): string {
  const path = join(folder, 'lock')
  writeFileSync(path, typeof owner === 'string' ? owner : JSON.stringify(owner))
  return path
}

test('the lock is there during the task and gone after it, also when the task fails', async () => {
  const folder = join(temporaryFolder(), 'not-yet-there')
  const seen = await withLock(folder, () => Promise.resolve(existsSync(join(folder, 'lock'))))
  expect(seen).toBe(true)
  expect(existsSync(join(folder, 'lock'))).toBe(false)
  await expect(withLock(folder, () => Promise.reject(new Error('broken')))).rejects.toThrow(
    'broken'
  )
  expect(existsSync(join(folder, 'lock'))).toBe(false)
})

test('the lock of a process that is gone is taken over', async () => {
  const folder = temporaryFolder()
  writeLock(folder, { pid: await deadProcess(), started: '1', host: hostname() })
  expect(await withLock(folder, () => Promise.resolve('done'))).toBe('done')
})

test('so is that of an earlier process with a number that is in use again', async () => {
  const folder = temporaryFolder()
  writeLock(folder, { pid: process.pid, started: 'long ago', host: hostname() })
  expect(await withLock(folder, () => Promise.resolve('done'))).toBe('done')
})

test('so is a garbage lock, and one from another machine that stopped beating', async () => {
  const folder = temporaryFolder()
  writeLock(folder, 'garbage')
  expect(await withLock(folder, () => Promise.resolve('done'))).toBe('done')
  const path = writeLock(folder, { pid: 1, host: 'another machine' })
  utimesSync(path, new Date(0), new Date(0))
  expect(await withLock(folder, () => Promise.resolve('done'))).toBe('done')
})

test('a second set-up waits for a living one and says so once', async () => {
  const folder = temporaryFolder()
  const order: string[] = []
  const waits: string[] = []
  let finish = () => {}
  const first = withLock(folder, async () => {
    await new Promise<void>((resolve) => (finish = resolve))
    order.push('first')
  })
  await expect.poll(() => existsSync(join(folder, 'lock'))).toBe(true)
  const second = withLock(
    folder,
    () => {
      order.push('second')
      return Promise.resolve()
    },
    { onWait: (owner: string) => waits.push(owner) }
  )
  await expect.poll(() => waits.length).toBe(1)
  finish()
  await Promise.all([first, second])
  expect(order).toEqual(['first', 'second'])
  expect(waits).toEqual([`process ${process.pid} on ${hostname()}`])
})

test('of several processes that find a stale lock, one at a time gets in', async () => {
  const folder = temporaryFolder()
  writeLock(folder, { pid: await deadProcess(), started: '1', host: hostname() })
  const counter = join(folder, 'counter')
  writeFileSync(counter, '0')
  const script = `
    import { withLock } from ${JSON.stringify(lockModule)}
    import { readFileSync, writeFileSync } from 'node:fs'
    await withLock(${JSON.stringify(folder)}, async () => {
      const value = Number(readFileSync(${JSON.stringify(counter)}, 'utf8'))
      await new Promise((resolve) => setTimeout(resolve, 30))
      writeFileSync(${JSON.stringify(counter)}, String(value + 1))
    })`
  const children = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' })
  )
  await Promise.all(children.map((child) => once(child, 'exit')))
  expect(readFileSync(counter, 'utf8')).toBe('4')
  expect(existsSync(join(folder, 'lock'))).toBe(false)
})
