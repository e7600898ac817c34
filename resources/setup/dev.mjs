import { join } from 'node:path'
import { hasDisplay } from './display.mjs'
import { ensureReady } from './ensure-ready.mjs'
import { SetUpError } from './errors.mjs'
import { fail } from './fail.mjs'
import { runInForeground } from './launch.mjs'
import { projectRoot } from './project.mjs'
import { sandboxArguments } from './sandbox.mjs'

try {
  if (!hasDisplay()) {
    throw new SetUpError({
      what: 'npm run dev shows a window, and there is no display',
      todo: 'set DISPLAY, or try: xvfb-run -a npm run dev'
    })
  }
  const { env } = await ensureReady({ engine: true, desktop: true })
  const script = join(projectRoot, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const sandbox = await sandboxArguments('--noSandbox')
  process.exitCode = await runInForeground(
    process.execPath,
    [script, 'dev', ...sandbox, ...process.argv.slice(2)],
    { cwd: projectRoot, env }
  )
} catch (error) {
  fail(error)
}
