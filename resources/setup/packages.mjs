import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from './hash.mjs'
import { runNpm } from './npm.mjs'

/**
 * Whether node_modules is what package-lock.json asks for: by the stamp that the last installation
 * left, or by npm's own record of what it installed (someone may have run `npm ci` by hand).
 *
 * @param {string} root
 */
export function packagesMatch(root) {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
  const wanted = sha256(lock)
  if (readText(stampPath(root))?.trim() === wanted) return true
  const record = readText(join(root, 'node_modules', '.package-lock.json'))
  if (record === undefined || !sameVersions(JSON.parse(lock), JSON.parse(record))) return false
  writeFileSync(stampPath(root), `${wanted}\n`)
  return true
}

/**
 * Installs the packages that the lock names. Their own install scripts stay off: the parts with
 * native code are made by this set-up.
 *
 * @param {string} root
 */
export async function installPackages(root) {
  await runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: root,
    what: 'npm ci could not install the packages of package-lock.json',
    todo: 'check the network and the registry that npm uses (npm config get registry), then run: npm run setup'
  })
  writeFileSync(stampPath(root), `${sha256(readFileSync(join(root, 'package-lock.json')))}\n`)
}

/** @param {string} root */
function stampPath(root) {
  return join(root, 'node_modules', '.tangent-lab-lock')
}

/**
 * @param {{ packages: Record<string, { version?: string, optional?: boolean }> }} lock
 * @param {{ packages: Record<string, { version?: string }> }} record
 */
function sameVersions({ packages: wanted }, { packages: installed }) {
  const names = Object.keys(wanted).filter((name) => name !== '')
  return (
    names.every(
      (name) => (installed[name]?.version ?? optional(wanted[name])) === wanted[name].version
    ) && Object.keys(installed).every((name) => name in wanted)
  )
}

/**
 * Packages for other platforms are in the lock, but npm leaves them out.
 *
 * @param {{ version?: string, optional?: boolean }} entry
 */
function optional(entry) {
  return entry.optional ? entry.version : undefined
}

/** @param {string} path */
function readText(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
