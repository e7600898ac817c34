import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { hasDisplay } from './display.mjs'
import { ensureReady } from './ensure-ready.mjs'
import { fail } from './fail.mjs'
import { launch } from './launch.mjs'
import { projectRoot } from './project.mjs'
import { sandboxArguments } from './sandbox.mjs'

/** @param {string[]} args */
async function startDesktop(args) {
  const { env, electron = '' } = await ensureReady({ engine: true, desktop: true, build: true })
  return launch(electron, [...(await sandboxArguments('--no-sandbox')), projectRoot, ...args], {
    env
  })
}

async function startHeadless() {
  const { env } = await ensureReady({ engine: true, build: true })
  const folder = join(process.cwd(), 'artefacts')
  mkdirSync(folder, { recursive: true })
  const session = join(folder, 'quick.tangent')
  const figures = join(folder, 'quick')
  const cli = join(projectRoot, 'out', 'main', 'cli.js')
  console.error('There is no display, so the quick preset runs without a window.')
  const code = await launch(
    process.execPath,
    [cli, 'run', 'quick', '--session', session, '--export', figures],
    { env }
  )
  if (code === 0) console.error(`The figures are in ${figures}, the session is ${session}.`)
  return code
}

try {
  process.exitCode = await (hasDisplay() ? startDesktop(process.argv.slice(2)) : startHeadless())
} catch (error) {
  fail(error)
}
