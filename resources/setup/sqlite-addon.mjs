import { cp, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { entryName } from './cache.mjs'
import { nodeGypRebuild } from './node-gyp.mjs'
import { lockedPackage } from './project.mjs'

const PACKAGE = 'better-sqlite3'
const ADDON = 'better_sqlite3.node'
/**
 * The package's prebuilt addons need Node-API 10 (Node 22) and crash on Node 20 and in Electron 33.
 * Its sources ask for the same by NAPI_VERSION=10; with the experimental level instead, they use
 * only what Node 20 has.
 */
const FLAGS = '-UNAPI_VERSION -DNAPI_EXPERIMENTAL -DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'

/** @param {string} root */
export function sqliteEntryName(root) {
  const { version, integrity } = lockedPackage(root, PACKAGE)
  const { integrity: headers } = lockedPackage(root, 'node-addon-api')
  return entryName(PACKAGE, version, { layout: 1, integrity, headers, FLAGS })
}

/**
 * @param {string} root
 * @param {string} folder
 */
export async function buildSqlite(root, folder) {
  const source = join(folder, 'source')
  const installed = join(root, 'node_modules', PACKAGE)
  await mkdir(source)
  for (const name of ['binding.gyp', 'deps', 'lib', 'src', 'package.json', 'LICENSE']) {
    await cp(join(installed, name), join(source, name), { recursive: true })
  }
  await nodeGypRebuild(source, ['--release', '--force_build=1'], {
    // The sources find node-addon-api as a neighbour package.
    env: { CXXFLAGS: FLAGS, NODE_PATH: join(root, 'node_modules') },
    what: "better-sqlite3's addon could not be built"
  })
  await rename(join(source, 'build', 'Release', ADDON), join(folder, ADDON))
  await rename(join(source, 'LICENSE'), join(folder, 'LICENSE'))
  await rm(source, { recursive: true })
  return 'built from the sources in its package'
}

/**
 * The package takes a build at this place before its prebuilt addons.
 *
 * @param {string} root
 * @param {string} entry
 * @returns {[path: string, target: string][]}
 */
export function sqliteLinks(root, entry) {
  const place = join(root, 'node_modules', PACKAGE, 'build', 'Release', ADDON)
  return [[place, join(entry, ADDON)]]
}
