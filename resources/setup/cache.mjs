import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { sha256 } from './hash.mjs'
import { platform } from './project.mjs'
import { checkEntry, seal } from './verify.mjs'

/**
 * The cache is per user, so that a second clone finds everything there.
 *
 * @param {Record<string, string | undefined>} [env]
 */
export function cacheFolder(env = process.env) {
  if (env.TANGENT_CACHE) return resolve(env.TANGENT_CACHE)
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tangent-lab')
}

/**
 * The folder name of an entry. Anything that changes what would be built must be among the inputs.
 *
 * @param {string} part
 * @param {string} version
 * @param {unknown} inputs
 */
export function entryName(part, version, inputs) {
  return `${part}-${version}-${platform}-${sha256(JSON.stringify(inputs)).slice(0, 12)}`
}

/**
 * Makes an entry unless a sound one is there. The work happens in a folder of its own that becomes
 * the entry in one step at the end, so that an interrupted set-up leaves no half-built part.
 * The caller holds the cache's lock.
 *
 * @param {string} cache
 * @param {string} name
 * @param {(folder: string) => Promise<string>} make fills the folder and says where it came from
 * @param {{ full?: boolean, onDamage?: (reason: string) => void }} [options]
 * @returns {Promise<{ folder: string, source: string, bytes?: number }>} bytes: only when just made
 */
export async function ensureEntry(cache, name, make, { full, onDamage } = {}) {
  const folder = join(cache, name)
  const state = await checkEntry(folder, { full })
  if (state.ok) return { folder, source: state.source }
  if (!state.missing) onDamage?.(state.reason)
  const partial = `${folder}.partial-${process.pid}`
  try {
    await rm(partial, { recursive: true, force: true })
    await mkdir(partial, { recursive: true })
    const source = await make(partial)
    const bytes = await seal(partial, { name, source })
    await rm(folder, { recursive: true, force: true })
    await rename(partial, folder)
    return { folder, source, bytes }
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}

/**
 * Removes what interrupted set-ups left. Only for the holder of the cache's lock: then no other
 * process is at work on a partial entry.
 *
 * @param {string} cache
 */
export async function removePartials(cache) {
  for (const name of await readdir(cache)) {
    if (/\.partial-\d+$/.test(name)) await rm(join(cache, name), { recursive: true, force: true })
  }
}
