import { open, readFile, readlink, lstat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listFiles, sha256, sha256OfFile } from './hash.mjs'

const MANIFEST = 'manifest.json'
const STAMP = '.verified.json'

/**
 * @typedef {{ path: string, size: number, sha256: string }} ManifestFile
 * @typedef {{ path: string, target: string }} ManifestLink
 * @typedef {{ format: 1, name: string, source: string, files: ManifestFile[], links: ManifestLink[] }} Manifest
 */

/**
 * Writes down what a finished entry holds, and flushes it to the disk, so that an entry that exists
 * is complete even after a power cut.
 *
 * @param {string} folder
 * @param {{ name: string, source: string }} about
 * @returns {Promise<number>} the bytes in it
 */
export async function seal(folder, { name, source }) {
  /** @type {Manifest} */
  const manifest = { format: 1, name, source, files: [], links: [] }
  for (const { path, isLink } of await listFiles(folder)) {
    const full = join(folder, path)
    if (isLink) {
      manifest.links.push({ path, target: await readlink(full) })
      continue
    }
    const file = await open(full, 'r')
    await file.sync()
    const { size } = await file.stat()
    await file.close()
    manifest.files.push({ path, size, sha256: await sha256OfFile(full) })
  }
  const text = JSON.stringify(manifest, null, 1)
  await writeFile(join(folder, MANIFEST), text, { flush: true })
  await writeStamp(folder, text, manifest)
  return manifest.files.reduce((sum, file) => sum + file.size, 0)
}

/**
 * Whether an entry holds what its manifest lists. Files whose size and times are those of the last
 * verification are taken as unchanged; any other is hashed again.
 *
 * @param {string} folder
 * @param {{ full?: boolean }} [options] full: hash everything
 * @returns {Promise<{ ok: true, source: string } | { ok: false, reason: string, missing: boolean }>}
 */
export async function checkEntry(folder, { full = false } = {}) {
  let text
  try {
    text = await readFile(join(folder, MANIFEST), 'utf8')
  } catch {
    const missing = await lstat(folder).then(
      () => false,
      () => true
    )
    return { ok: false, missing, reason: missing ? 'not there yet' : 'its manifest is missing' }
  }
  const manifest = parseManifest(text)
  if (!manifest) return { ok: false, missing: false, reason: 'its manifest is not readable' }
  const stamp = full ? undefined : await readStamp(folder, text)
  let hashed = false
  for (const file of manifest.files) {
    const found = await lstat(join(folder, file.path)).catch(() => undefined)
    const bad = (/** @type {string} */ reason) => ({
      ok: /** @type {const} */ (false),
      missing: false,
      reason: `${file.path} ${reason}`
    })
    if (!found?.isFile()) return bad('is missing')
    if (found.size !== file.size) return bad(`has ${found.size} bytes instead of ${file.size}`)
    if (stamp?.[file.path] === timesOf(found)) continue
    hashed = true
    if ((await sha256OfFile(join(folder, file.path))) !== file.sha256)
      return bad('does not have the SHA-256 checksum that it should have')
  }
  for (const link of manifest.links) {
    const target = await readlink(join(folder, link.path)).catch(() => undefined)
    if (target !== link.target)
      return { ok: false, missing: false, reason: `${link.path} is no link to ${link.target}` }
  }
  if (hashed || full) await writeStamp(folder, text, manifest)
  return { ok: true, source: manifest.source }
}

/**
 * @param {string} text
 * @returns {Manifest | undefined}
 */
function parseManifest(text) {
  try {
    const manifest = JSON.parse(text)
    const sound =
      manifest.format === 1 &&
      typeof manifest.source === 'string' &&
      manifest.files.length > 0 &&
      manifest.files.every(
        (/** @type {ManifestFile} */ file) =>
          typeof file.path === 'string' &&
          typeof file.size === 'number' &&
          typeof file.sha256 === 'string'
      ) &&
      manifest.links.every((/** @type {ManifestLink} */ link) => typeof link.path === 'string')
    return sound ? manifest : undefined
  } catch {
    return undefined
  }
}

/** @param {import('node:fs').Stats} found */
function timesOf(found) {
  return `${found.mtimeMs} ${found.ctimeMs}`
}

/**
 * @param {string} folder
 * @param {string} manifestText
 * @returns {Promise<Record<string, string> | undefined>}
 */
async function readStamp(folder, manifestText) {
  try {
    const stamp = JSON.parse(await readFile(join(folder, STAMP), 'utf8'))
    return stamp.manifest === sha256(manifestText) ? stamp.times : undefined
  } catch {
    return undefined
  }
}

/**
 * @param {string} folder
 * @param {string} manifestText
 * @param {Manifest} manifest
 */
async function writeStamp(folder, manifestText, manifest) {
  /** @type {Record<string, string>} */
  const times = {}
  for (const { path } of manifest.files) times[path] = timesOf(await lstat(join(folder, path)))
  // A cache that is read-only to this user stays usable; it is only hashed at each start.
  await writeFile(
    join(folder, STAMP),
    JSON.stringify({ manifest: sha256(manifestText), times })
  ).catch(() => {})
}
