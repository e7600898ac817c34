import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** @param {string | Buffer} data */
export function sha256(data) {
  return createHash('sha256').update(data).digest('hex')
}

/** @param {string} path */
export async function sha256OfFile(path) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}

/**
 * Every file and symbolic link below a folder, as sorted paths with `/`.
 *
 * @param {string} folder
 * @returns {Promise<{ path: string, isLink: boolean }[]>}
 */
export async function listFiles(folder) {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  return found
    .filter((entry) => !entry.isDirectory())
    .map((entry) => {
      // Node 20.12 renamed `path` to `parentPath`; either may be missing.
      const parent = entry.parentPath ?? entry.path
      const path = relative(folder, join(parent, entry.name)).split(sep).join('/')
      return { path, isLink: entry.isSymbolicLink() }
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

/**
 * One hash over the names and contents of files and folders; what does not exist counts as absent.
 *
 * @param {string} root
 * @param {string[]} paths files or folders, relative to root
 * @param {(path: string) => boolean} [keep]
 */
export async function hashOfSources(root, paths, keep = () => true) {
  const hash = createHash('sha256')
  for (const path of paths) {
    for (const file of (await filesAt(root, path)).filter(keep)) {
      hash.update(`${file}\0${sha256(await readFile(join(root, file)))}\n`)
    }
  }
  return hash.digest('hex')
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {Promise<string[]>}
 */
async function filesAt(root, path) {
  try {
    const inside = await listFiles(join(root, path))
    return inside.map((file) => `${path}/${file.path}`)
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path]
    if (error.code === 'ENOENT') return []
    throw error
  }
}
