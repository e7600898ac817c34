import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { hashOfSources } from './hash.mjs'
import { runCommand } from './run-command.mjs'

const SOURCES = [
  'src-main',
  'src-renderer',
  'src-shared',
  'resources',
  'electron.vite.config.ts',
  'svelte.config.js',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'tsconfig.main.json',
  'tsconfig.renderer.json',
  'tsconfig.shared.json'
]
const RESULTS = ['main/index.js', 'main/cli.js', 'renderer/index.html']

/** @param {string} root */
function stampPath(root) {
  return join(root, 'out', '.sources')
}

/** @param {string} root */
export function hashOfAppSources(root) {
  return hashOfSources(root, SOURCES, (file) => !file.startsWith('resources/setup/'))
}

/**
 * Whether out/ was built from the sources as they are now.
 *
 * @param {string} root
 */
export async function buildMatches(root) {
  if (!existsSync(stampPath(root))) return false
  if (!RESULTS.every((file) => existsSync(join(root, 'out', file)))) return false
  return readFileSync(stampPath(root), 'utf8') === (await hashOfAppSources(root))
}

/**
 * Builds the app into out/. The stamp goes first and comes back last, so that an interrupted build
 * is built again.
 *
 * @param {string} root
 */
export async function buildApp(root) {
  const hash = await hashOfAppSources(root)
  await rm(stampPath(root), { force: true })
  const script = join('node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  await runCommand(process.execPath, [script, 'build'], {
    cwd: root,
    what: 'electron-vite could not build the app',
    todo: 'the messages above come from the build; npm run build shows all of them'
  })
  writeFileSync(stampPath(root), hash)
}
