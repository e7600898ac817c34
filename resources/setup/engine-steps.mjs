import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { downloadProgress } from './download-size.mjs'
import { entryStep } from './entry-step.mjs'
import { SetUpError } from './errors.mjs'
import { lockedPackage, platform } from './project.mjs'
import { megabytes } from './report.mjs'
import { buildSqlite, sqliteEntryName, sqliteLinks } from './sqlite-addon.mjs'
import { tensorflowWheels } from './tensorflow.mjs'
import { buildTfjs, tfjsEntryName, tfjsLinks } from './tfjs-addon.mjs'
import { checkEntry } from './verify.mjs'
import { downloadWheel, hasWheel, wheelPath } from './wheels.mjs'

/**
 * @typedef {import('./plan.mjs').Context} Context
 * @typedef {import('./steps.mjs').Step} Step
 */

/**
 * TensorFlow and SQLite.
 *
 * @param {Context} context
 * @returns {Step[]}
 */
export function engineSteps(context) {
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

/** @param {string} what */
function requireLinux64(what) {
  if (platform === 'linux-x64') return
  throw new SetUpError({
    what: `${what} cannot be set up on ${platform}`,
    why: 'the pinned TensorFlow libraries are those for Linux on x86-64',
    todo: 'use a Linux machine or, on Windows, its Linux subsystem'
  })
}
