import { join } from 'node:path'
import { hasDisplay } from './display.mjs'
import { ensureReady } from './ensure-ready.mjs'
import { SetUpError } from './errors.mjs'
import { fail } from './fail.mjs'
import { runInForeground } from './launch.mjs'
import { projectRoot } from './project.mjs'

try {
  if (!hasDisplay()) {
    throw new SetUpError({
      what: 'npm run dev shows a window, and there is no display',
      todo: 'set DISPLAY, or try: xvfb-run -a npm run dev'
    })
  }
  const { env } = await ensureReady({ engine: true, desktop: true })
  const script = join(projectRoot, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? ['--noSandbox'] : []
  process.exitCode = await runInForeground(
    process.execPath,
    [script, 'dev', ...asRoot, ...process.argv.slice(2)],
    { cwd: projectRoot, env }
  )
} catch (error) {
  fail(error)
}
