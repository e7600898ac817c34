import { ensureReady } from './ensure-ready.mjs'
import { messageOf } from './errors.mjs'
import { runInForeground } from './launch.mjs'
import { npmCommand } from './npm.mjs'
import { projectRoot } from './project.mjs'
import { summary } from './count.mjs'
import { seconds } from './report.mjs'

const checks = [
  'format:check',
  'lint',
  'typecheck',
  'check:structure',
  'check:dead',
  'check:duplicates'
]

/** @returns {Promise<string[]>} a line for each check that failed */
async function runChecks() {
  /** @type {string[]} */
  const failed = []
  const { env } = await ensureReady({})
  for (const check of checks) {
    const started = Date.now()
    console.log(`\n=== ${check}`)
    const [command, ...args] = npmCommand(['run', '-s', check])
    const code = await runInForeground(command, args, { cwd: projectRoot, env })
    console.log(
      `=== ${check}: ${code === 0 ? 'passed' : 'FAILED'} (${seconds(Date.now() - started)})`
    )
    if (code !== 0) failed.push(check)
  }
  return failed
}

let failed = checks
try {
  failed = await runChecks()
} catch (error) {
  console.error(messageOf(error))
}
if (failed.length > 0) console.log(`\nfailed: ${failed.join(', ')}`)
console.log(summary({ passed: checks.length - failed.length, failed: failed.length, skipped: 0 }))
process.exitCode = failed.length > 0 ? 1 : 0
