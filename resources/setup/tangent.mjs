#!/usr/bin/env node
import { join } from 'node:path'
import { ensureReady } from './ensure-ready.mjs'
import { fail } from './fail.mjs'
import { launch } from './launch.mjs'
import { projectRoot } from './project.mjs'

try {
  const { env } = await ensureReady({ engine: true, build: true, quiet: true })
  // npm changes to the project's folder; the paths on the command line are relative to the user's.
  const cwd = env.npm_lifecycle_event === 'tangent' ? env.INIT_CWD : undefined
  const cli = join(projectRoot, 'out', 'main', 'cli.js')
  process.exitCode = await launch(process.execPath, [cli, ...process.argv.slice(2)], { cwd, env })
} catch (error) {
  fail(error)
}
