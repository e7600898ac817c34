import { rm } from 'node:fs/promises'
import { constants } from 'node:os'
import { join } from 'node:path'
import {
  desktopNeeds,
  installNeeds,
  missingNeeds,
  toolchainNeeds,
  virtualScreenNeeds
} from './apt.mjs'
import { buildApp, buildMatches } from './build.mjs'
import { cacheFolder, ensureEntry, removePartials } from './cache.mjs'
import { downloadProgress, packageProgress } from './download-size.mjs'
import { electronEntryName, electronEnvironment, installElectron } from './electron-runtime.mjs'
import { SetUpError } from './errors.mjs'
import { tensorflowFlavour } from './gpu.mjs'
import { isLinkTo, linkTo } from './link.mjs'
import { withLock } from './lock.mjs'
import { requireNode } from './node-version.mjs'
import { installPackages, packagesMatch } from './packages.mjs'
import { lockedPackage, platform, projectRoot } from './project.mjs'
import { megabytes, Report } from './report.mjs'
import { killRunning } from './run-command.mjs'
import { buildSqlite, sqliteEntryName, sqliteLinks } from './sqlite-addon.mjs'
import { allReady, runSteps } from './steps.mjs'
import { tensorflowWheels } from './tensorflow.mjs'
import { buildTfjs, tfjsEntryName, tfjsLinks } from './tfjs-addon.mjs'
import { checkEntry } from './verify.mjs'
import { downloadWheel, hasWheel, wheelPath } from './wheels.mjs'

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
 * @typedef {Wanted & { root: string, cache: string, flavour: 'cpu' | 'cuda', report: Report }} Context
 * @typedef {import('./steps.mjs').Step} Step
 */

/**
 * @param {Context} context
 * @returns {Step[]}
 */
function planSteps(context) {
  return [
    ...(context.engine ? [toolchainStep(context)] : []),
    packagesStep(context),
    ...(context.engine ? engineSteps(context) : []),
    ...(context.desktop ? desktopSteps(context) : []),
    ...(context.build ? [buildStep(context)] : [])
  ]
}

/**
 * @param {Context} context
 * @returns {Step}
 */
function packagesStep({ root, report }) {
  const name = 'npm packages'
  return {
    name,
    needs: [],
    isReady: () => packagesMatch(root),
    install: async () => {
      report.doing(name, packageProgress(root))
      await installPackages(root)
      return 'installed as package-lock.json says'
    }
  }
}

/**
 * Compilers and pip are needed only while something is still to be built.
 *
 * @param {Context} context
 * @returns {Step}
 */
function toolchainStep({ root, cache, flavour }) {
  const entries = [tfjsEntryName(root, flavour), sqliteEntryName(root)]
  return {
    name: 'compiler and pip',
    needs: [],
    isReady: async () => {
      const states = await Promise.all(entries.map((name) => checkEntry(join(cache, name))))
      return states.every(({ ok }) => ok) || (await missingNeeds(toolchainNeeds)).length === 0
    },
    install: async () => {
      const missing = await missingNeeds(toolchainNeeds)
      return `installed with apt: ${await installNeeds(missing, 'building the native parts')}`
    }
  }
}

/**
 * @param {Context} context
 * @returns {Step[]}
 */
function engineSteps(context) {
  const { root, cache, flavour, report } = context
  const wheels = tensorflowWheels(flavour)
  const tfjs = tfjsEntryName(root, flavour)
  const version = wheels[0]?.version
  const libraries = `tensorflow ${version} (${flavour === 'cuda' ? 'CUDA' : 'CPU'})`
  const addon = `tfjs-node ${lockedPackage(root, '@tensorflow/tfjs-node-gpu').version}`
  /** @param {string} step */
  const fetchWheels = async (step) => {
    requireLinux64(libraries)
    for (const wheel of wheels) {
      if (await hasWheel(cache, wheel)) continue
      await downloadWheel(cache, wheel, (folder) =>
        report.doing(step, downloadProgress(folder, wheel.size))
      )
    }
  }
  return [
    {
      name: libraries,
      needs: ['compiler and pip'],
      isReady: async () => {
        if ((await checkEntry(join(cache, tfjs))).ok) return true
        const there = await Promise.all(wheels.map((wheel) => hasWheel(cache, wheel)))
        return there.every(Boolean)
      },
      install: async () => {
        await fetchWheels(libraries)
        const bytes = wheels.reduce((sum, { size }) => sum + size, 0)
        return `from the Python wheel${wheels.length > 1 ? 's' : ''}, ${megabytes(bytes)}`
      }
    },
    entryStep(context, {
      name: addon,
      needs: ['npm packages', libraries],
      entry: tfjs,
      links: tfjsLinks(root, join(cache, tfjs)),
      make: async (folder, doing) => {
        // Damage that only a full verification finds shows up here, with the wheels long gone.
        await fetchWheels(addon)
        return buildTfjs(root, cache, flavour, folder, doing)
      },
      after: async () => {
        for (const wheel of wheels) await rm(wheelPath(cache, wheel), { force: true })
      }
    }),
    entryStep(context, {
      name: `better-sqlite3 ${lockedPackage(root, 'better-sqlite3').version}`,
      needs: ['npm packages', 'compiler and pip'],
      entry: sqliteEntryName(root),
      links: sqliteLinks(root, join(cache, sqliteEntryName(root))),
      make: (folder, doing) => {
        doing('compiling')
        return buildSqlite(root, folder)
      }
    })
  ]
}

/**
 * @param {Context} context
 * @returns {Step[]}
 */
function desktopSteps(context) {
  const { root, report, virtualScreen } = context
  const libraries = 'system libraries for the desktop app'
  const needs = virtualScreen ? [...desktopNeeds, ...virtualScreenNeeds] : desktopNeeds
  return [
    {
      name: libraries,
      // Two apt-get at a time would wait for each other's lock and fail.
      needs: ['compiler and pip'],
      optional: true,
      isReady: async () => (await missingNeeds(needs)).length === 0,
      install: async () => {
        report.doing(libraries, 'installing with apt')
        const missing = await missingNeeds(needs)
        return `installed with apt: ${await installNeeds(missing, 'the desktop app')}`
      }
    },
    entryStep(context, {
      name: `electron ${lockedPackage(root, 'electron').version}`,
      needs: ['npm packages'],
      entry: electronEntryName(root),
      links: [],
      make: (folder, doing) => installElectron(root, folder, doing)
    })
  ]
}

/**
 * @param {Context} context
 * @returns {Step}
 */
function buildStep({ root, report }) {
  const name = 'the app'
  return {
    name,
    needs: ['npm packages'],
    isReady: () => buildMatches(root),
    install: async () => {
      report.doing(name, 'building')
      await buildApp(root)
      return 'built into out/'
    }
  }
}

/**
 * A part that lives in the cache and is linked into the clone.
 *
 * @param {Context} context
 * @param {object} part
 * @param {string} part.name
 * @param {string[]} part.needs
 * @param {string} part.entry
 * @param {[path: string, target: string][]} part.links
 * @param {(folder: string, doing: (text: string | (() => string)) => void) => Promise<string>} part.make
 * @param {() => Promise<void>} [part.after] once the entry is in place
 * @returns {Step}
 */
function entryStep({ cache, report, verify }, { name, needs, entry, links, make, after }) {
  const folder = join(cache, entry)
  return {
    name,
    needs,
    isReady: async () => {
      if (verify || !(await checkEntry(folder)).ok) return false
      const linked = await Promise.all(links.map(([path, target]) => isLinkTo(path, target)))
      return linked.every(Boolean)
    },
    install: async () => {
      const doing = (/** @type {string | (() => string)} */ text) => report.doing(name, text)
      doing('checking')
      const { source, bytes } = await ensureEntry(cache, entry, (partial) => make(partial, doing), {
        full: verify,
        onDamage: (reason) =>
          report.line(`${name}: the cached copy is damaged (${reason}); made anew`)
      })
      await after?.()
      for (const [path, target] of links) await linkTo(path, target)
      if (bytes !== undefined) return `${source}, ${megabytes(bytes)}`
      return verify ? 'every file has its checksum' : `from the cache (${source})`
    }
  }
}

/** @param {string} what */
function requireLinux64(what) {
  if (platform === 'linux-x64') return
  throw new SetUpError({
    what: `${what} cannot be set up on ${platform}`,
    why: 'the pinned TensorFlow libraries are those for Linux on x86-64',
    todo: 'use a Linux machine or, on Windows, its Linux subsystem'
  })
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
