import { join } from 'node:path'
import { ensureEntry } from './cache.mjs'
import { isLinkTo, linkTo } from './link.mjs'
import { megabytes } from './report.mjs'
import { checkEntry } from './verify.mjs'

/**
 * @typedef {import('./plan.mjs').Context} Context
 * @typedef {import('./steps.mjs').Step} Step
 */

/**
 * A part that lives in the cache and is linked into the clone.
 *
 * @param {Context} context
 * @param {object} part
 * @param {string} part.name
 * @param {string[]} part.needs
 * @param {string} part.entry
 * @param {[path: string, target: string][]} part.links
 * @param {(folder: string, doing: (text: string | (() => string)) => void) => Promise<string>} part.make
 * @param {() => Promise<void>} [part.after] once the entry is in place
 * @returns {Step}
 */
export function entryStep({ cache, report, verify }, { name, needs, entry, links, make, after }) {
  const folder = join(cache, entry)
  return {
    name,
    needs,
    isReady: async () => {
      if (verify || !(await checkEntry(folder)).ok) return false
      const linked = await Promise.all(links.map(([path, target]) => isLinkTo(path, target)))
      return linked.every(Boolean)
    },
    install: async () => {
      const doing = (/** @type {string | (() => string)} */ text) => report.doing(name, text)
      doing('checking')
      const { source, bytes } = await ensureEntry(cache, entry, (partial) => make(partial, doing), {
        full: verify,
        onDamage: (reason) =>
          report.line(`${name}: the cached copy is damaged (${reason}); made anew`)
      })
      await after?.()
      for (const [path, target] of links) await linkTo(path, target)
      if (bytes !== undefined) return `${source}, ${megabytes(bytes)}`
      return verify ? 'every file has its checksum' : `from the cache (${source})`
    }
  }
}
