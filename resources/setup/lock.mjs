import { readFileSync, unlinkSync } from 'node:fs'
import { link, mkdir, readFile, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'

const POLL_MS = 200
const BEAT_MS = 5000
/** A lock from another machine (a shared home folder) is stale when it stopped beating this long ago. */
const STALE_MS = 60000

/**
 * Runs a task while no other set-up works in the same cache. A second set-up waits; the lock of a
 * process that is gone is taken over.
 *
 * @template T
 * @param {string} folder
 * @param {() => Promise<T>} task
 * @param {{ onWait?: (owner: string) => void }} [options]
 * @returns {Promise<T>}
 */
export async function withLock(folder, task, { onWait } = {}) {
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'lock')
  const mine = JSON.stringify({
    pid: process.pid,
    started: startTime(process.pid),
    host: hostname()
  })
  let told = false
  while (!(await take(path, mine))) {
    const owner = await readOwner(path)
    if (owner && (await isStale(path, owner))) {
      await removeStale(path)
      continue
    }
    if (owner && !told) onWait?.(`process ${owner.pid} on ${owner.host}`)
    told ||= owner !== undefined
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  const beat = setInterval(() => {
    utimes(path, new Date(), new Date()).catch(() => {})
  }, BEAT_MS).unref()
  const release = () => {
    try {
      if (readFileSync(path, 'utf8') === mine) unlinkSync(path)
    } catch {
      // Already gone: nothing to release.
    }
  }
  process.once('exit', release)
  try {
    return await task()
  } finally {
    clearInterval(beat)
    process.off('exit', release)
    release()
  }
}

/**
 * @param {string} path
 * @param {string} mine
 */
async function take(path, mine) {
  // Written aside and then linked, so that no one ever sees a lock without its owner.
  const aside = `${path}.${process.pid}`
  await writeFile(aside, mine)
  try {
    await link(aside, path)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  } finally {
    await rm(aside, { force: true })
  }
}

/**
 * @param {string} path
 * @returns {Promise<{ pid: number, started?: string, host?: string } | undefined>} undefined when
 *   gone; process 0 when the lock is garbage
 */
async function readOwner(path) {
  try {
    const owner = JSON.parse(await readFile(path, 'utf8'))
    return typeof owner?.pid === 'number' ? owner : { pid: 0 }
  } catch (error) {
    return error.code === 'ENOENT' ? undefined : { pid: 0 }
  }
}

/**
 * @param {string} path
 * @param {{ pid: number, started?: string, host?: string }} owner
 */
async function isStale(path, owner) {
  if (owner.pid > 0 && owner.host === hostname()) {
    // A process id is used again after a while, so its start time must match too.
    return !isAlive(owner.pid) || startTime(owner.pid) !== owner.started
  }
  if (owner.pid === 0) return true
  const beaten = await stat(path).catch(() => undefined)
  return beaten !== undefined && Date.now() - beaten.mtimeMs > STALE_MS
}

/**
 * Two waiting set-ups may both see a stale lock. Only the one that can make the guard folder removes
 * it, and only after a second look, so that neither removes the other's fresh lock.
 *
 * @param {string} path
 */
async function removeStale(path) {
  const guard = `${path}.takeover`
  try {
    await mkdir(guard)
  } catch {
    const since = await stat(guard).then(
      (found) => found.mtimeMs,
      () => Date.now()
    )
    if (Date.now() - since > STALE_MS) await rmdir(guard).catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    return
  }
  try {
    const owner = await readOwner(path)
    if (owner && (await isStale(path, owner))) await rm(path, { force: true })
  } finally {
    await rmdir(guard)
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/**
 * When a process started, in the kernel's ticks; undefined where the system does not tell.
 *
 * @param {number} pid
 */
function startTime(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name (field 2) may hold blanks; field 22 is counted from behind its closing bracket.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}
