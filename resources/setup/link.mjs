import { lstat, mkdir, readlink, rename, rm, symlink } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * @param {string} path
 * @param {string} target
 */
export async function isLinkTo(path, target) {
  return (await readlink(path).catch(() => undefined)) === target
}

/**
 * Makes a symbolic link, replacing whatever is at its place in one step where that is a link too.
 *
 * @param {string} path
 * @param {string} target
 */
export async function linkTo(path, target) {
  if (await isLinkTo(path, target)) return
  await mkdir(dirname(path), { recursive: true })
  const found = await lstat(path).catch(() => undefined)
  if (found && !found.isSymbolicLink()) await rm(path, { recursive: true })
  const aside = `${path}.link-${process.pid}`
  await rm(aside, { force: true })
  await symlink(target, aside)
  await rename(aside, path)
}
