import { readFileSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { entryName } from './cache.mjs'
import { carriedRuntime, ownDownload } from './electron-sources.mjs'
import { SetUpError } from './errors.mjs'
import { sha256 } from './hash.mjs'
import { lockedPackage } from './project.mjs'

/** @type {Partial<Record<NodeJS.Platform, string>>} */
const EXECUTABLES = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }

/**
 * A runtime carries our default app, so another default app makes another entry.
 *
 * @param {string} root
 */
export function electronEntryName(root) {
  const { version, integrity } = lockedPackage(root, 'electron')
  const defaultApp = ['main.mjs', 'package.json'].map((name) =>
    sha256(readFileSync(join(import.meta.dirname, 'default-app', name)))
  )
  return entryName('electron', version, { layout: 1, integrity, defaultApp })
}

/**
 * @param {string} entry
 * @returns {{ folder: string, executable: string }}
 */
function electronPaths(entry) {
  const folder = join(entry, 'dist')
  return { folder, executable: join(folder, EXECUTABLES[process.platform] ?? 'electron') }
}

/**
 * What child processes need to find the runtime: the electron package and Playwright read the
 * folder, electron-vite the executable.
 *
 * @param {string} entry
 */
export function electronEnvironment(entry) {
  const { folder, executable } = electronPaths(entry)
  return { ELECTRON_OVERRIDE_DIST_PATH: folder, ELECTRON_EXEC_PATH: executable }
}

/**
 * Gets Electron's runtime from the first source that works.
 *
 * @param {string} root
 * @param {string} folder
 * @param {(doing: string | (() => string)) => void} doing
 * @param {((request: import('./electron-sources.mjs').Request) => Promise<string>)[]} [sources]
 */
export async function installElectron(
  root,
  folder,
  doing,
  sources = [ownDownload, carriedRuntime]
) {
  const { version } = lockedPackage(root, 'electron')
  /** @type {string[]} */
  const failures = []
  for (const source of sources) {
    try {
      const from = await source({ root, version, folder, doing })
      return failures.length > 0 ? `${from} (own download not reachable: ${failures[0]})` : from
    } catch (error) {
      failures.push(error.message)
      for (const name of await readdir(folder)) {
        await rm(join(folder, name), { recursive: true })
      }
      await mkdir(folder, { recursive: true })
    }
  }
  throw new SetUpError({
    what: `Electron ${version} could not be installed`,
    why: failures.map((failure, index) => `source ${index + 1}: ${failure}`).join('\n    '),
    todo: 'check the network and the registry that npm uses, then run: npm run setup'
  })
}
