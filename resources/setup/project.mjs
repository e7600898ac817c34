import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of package.json, whichever folder the user is in. */
export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** Where this set-up keeps its own data: requirement files, the stand-in for Electron's default app. */
export const setupFolder = join(projectRoot, 'resources', 'setup')

/** For example `linux-x64`. */
export const platform = `${process.platform}-${process.arch}`

/**
 * What package-lock.json says about one package. The lock is the one place that names versions, and
 * it can be read before `npm ci` has run.
 *
 * @param {string} root
 * @param {string} name
 * @returns {{ version: string, integrity: string }}
 */
export function lockedPackage(root, name) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const found = lock.packages?.[`node_modules/${name}`]
  if (!found) throw new Error(`package-lock.json does not name ${name}`)
  return { version: found.version, integrity: found.integrity ?? '' }
}
