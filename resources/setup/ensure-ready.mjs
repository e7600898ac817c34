import { constants } from 'node:os'
import { join } from 'node:path'
import { cacheFolder, removePartials } from './cache.mjs'
import { electronEntryName, electronEnvironment } from './electron-runtime.mjs'
import { SetUpError } from './errors.mjs'
import { tensorflowFlavour } from './gpu.mjs'
import { withLock } from './lock.mjs'
import { requireNode } from './node-version.mjs'
import { planSteps } from './plan.mjs'
import { projectRoot } from './project.mjs'
import { Report } from './report.mjs'
import { killRunning } from './run-command.mjs'
import { allReady, runSteps } from './steps.mjs'

/**
 * @typedef {object} Wanted
 * @property {string} [root]
 * @property {boolean} [engine] TensorFlow and SQLite, for everything that computes
 * @property {boolean} [desktop] Electron and the system's libraries for it
 * @property {boolean} [virtualScreen] a display for tests where there is none
 * @property {boolean} [build] the app in out/
 * @property {boolean} [verify] hash every installed file again instead of looking at sizes and times
 * @property {boolean} [quiet] print nothing when there is nothing to do
 */

/**
 * Makes this machine and this clone ready: everything that is missing, damaged or outdated is
 * installed, and what is ready is left alone. Each command of the project calls this first.
 *
 * @param {Wanted} wanted
 * @returns {Promise<{ env: Record<string, string | undefined>, electron: string | undefined }>} the
 *   environment for child processes, and Electron's executable
 * @throws {SetUpError} when something that was wanted could not be made ready
 */
export async function ensureReady(wanted) {
  requireNode()
  const report = new Report()
  const cache = cacheFolder()
  const root = wanted.root ?? projectRoot
  const flavour = wanted.engine ? await tensorflowFlavour() : 'cpu'
  const steps = planSteps({ ...wanted, root, cache, flavour, report })
  if (wanted.verify || !(await allReady(steps))) {
    const failed = await whileInterruptible(() =>
      withLock(
        cache,
        async () => {
          await removePartials(cache)
          return runSteps(steps, report)
        },
        { onWait: (owner) => report.line(`waiting for another set-up (${owner})`) }
      )
    )
    report.stop()
    if (failed.length > 0) {
      throw new SetUpError({
        what: `set-up is not complete: ${failed.join(', ')} (see above)`,
        todo: 'what is finished is kept; npm run setup goes on from there'
      })
    }
    report.line(`ready after ${report.elapsed()}`)
  } else if (!wanted.quiet) report.line(`everything is ready (checked in ${report.elapsed()})`)
  if (!wanted.desktop) return { env: { ...process.env }, electron: undefined }
  const found = electronEnvironment(join(cache, electronEntryName(root)))
  return { env: { ...process.env, ...found }, electron: found.ELECTRON_EXEC_PATH }
}

/**
 * A set-up that is told to end takes its children along; process.exit releases the lock.
 *
 * @template T
 * @param {() => Promise<T>} task
 * @returns {Promise<T>}
 */
async function whileInterruptible(task) {
  const end = (/** @type {NodeJS.Signals} */ signal) => {
    killRunning()
    process.exit(128 + constants.signals[signal])
  }
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, end)
  try {
    return await task()
  } finally {
    for (const signal of signals) process.off(signal, end)
  }
}
