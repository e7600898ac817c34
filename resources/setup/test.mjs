import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { countReport, sumCounts, summary } from './count.mjs'
import { hasDisplay } from './display.mjs'
import { ensureReady } from './ensure-ready.mjs'
import { messageOf } from './errors.mjs'
import { runInForeground } from './launch.mjs'
import { projectRoot } from './project.mjs'

/**
 * npm test [-- suite …]: all suites, or those named. `engine` runs on the Node inside Electron, since
 * that is the one that users run the engine on.
 */
const suites = ['unit', 'component', 'engine', 'e2e']

/**
 * @typedef {{ env: Record<string, string | undefined>, electron: string | undefined }} Ready
 */

/**
 * @param {string} suite
 * @param {Ready} ready
 */
async function runSuite(suite, ready) {
  const file = join(projectRoot, 'artefacts', 'reports', `${suite}.json`)
  rmSync(file, { force: true })
  console.log(`\n=== ${suite}`)
  const code = await (suite === 'e2e' ? runPlaywright(file, ready) : runVitest(suite, file, ready))
  const counts = countReport(existsSync(file) ? readFileSync(file, 'utf8') : undefined, code)
  console.log(`=== ${suite}: ${summary(counts)}`)
  return counts
}

/**
 * @param {string} suite
 * @param {string} file
 * @param {Ready} ready
 */
function runVitest(suite, file, { env, electron }) {
  const inElectron = suite === 'engine'
  return runInForeground(
    inElectron ? (electron ?? '') : process.execPath,
    [
      join('node_modules', 'vitest', 'vitest.mjs'),
      ...['run', '--project', suite],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    ],
    { cwd: projectRoot, env: inElectron ? { ...env, ELECTRON_RUN_AS_NODE: '1' } : env }
  )
}

/**
 * @param {string} file
 * @param {Ready} ready
 */
function runPlaywright(file, { env }) {
  const script = join('node_modules', '@playwright', 'test', 'cli.js')
  const playwright = [process.execPath, script, 'test', '--reporter=list,json']
  const [command = '', ...args] = hasDisplay() ? playwright : ['xvfb-run', '-a', ...playwright]
  return runInForeground(command, args, {
    cwd: projectRoot,
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file }
  })
}

/** @param {string[]} chosen */
async function runSuites(chosen) {
  const unknown = chosen.filter((suite) => !suites.includes(suite))
  if (unknown.length > 0) throw new Error(`no suite ${unknown.join(', ')}: there is ${suites}`)
  const usesElectron = chosen.includes('engine') || chosen.includes('e2e')
  const ready = await ensureReady({
    engine: usesElectron,
    desktop: usesElectron,
    virtualScreen: chosen.includes('e2e') && !hasDisplay(),
    build: chosen.includes('e2e') || chosen.includes('engine')
  })
  mkdirSync(join(projectRoot, 'artefacts', 'reports'), { recursive: true })
  const counts = []
  for (const suite of chosen) counts.push(await runSuite(suite, ready))
  return sumCounts(counts)
}

const named = process.argv.slice(2)
const chosen = named.length > 0 ? named : suites
let total = { passed: 0, failed: chosen.length, skipped: 0 }
try {
  total = await runSuites(chosen)
} catch (error) {
  console.error(messageOf(error))
}
console.log(`\n${summary(total)}`)
process.exitCode = total.failed > 0 ? 1 : 0
