import { join } from 'node:path'
import {
  desktopNeeds,
  installNeeds,
  missingNeeds,
  namesOf,
  toolchainNeeds,
  virtualScreenNeeds
} from './apt.mjs'
import { SetUpError } from './errors.mjs'
import { sqliteEntryName } from './sqlite-addon.mjs'
import { tfjsEntryName } from './tfjs-addon.mjs'
import { checkEntry } from './verify.mjs'

/**
 * @typedef {import('./plan.mjs').Context} Context
 * @typedef {import('./steps.mjs').Step} Step
 */

/**
 * What only the administrator can install, all in one go and, where that fails, in one message. The
 * rest goes on: most of it may work without.
 *
 * @param {Context} context
 * @returns {Step}
 */
export function systemStep(context) {
  const name = 'system packages'
  const missing = async () => [
    ...(await missingTools(context)),
    ...(await missingNeeds([
      ...(context.desktop ? desktopNeeds : []),
      ...(context.virtualScreen ? virtualScreenNeeds : [])
    ]))
  ]
  return {
    name,
    needs: [],
    optional: true,
    isReady: async () => (await missing()).length === 0,
    install: async () => {
      context.report.doing(name, 'installing with apt')
      return `installed with apt: ${await installNeeds(await missing())}`
    }
  }
}

/**
 * Compilers and pip are needed only while something is still to be built.
 *
 * @param {Context} context
 */
async function missingTools({ root, cache, flavour, engine }) {
  if (!engine) return []
  const entries = [tfjsEntryName(root, flavour), sqliteEntryName(root)]
  const states = await Promise.all(entries.map((name) => checkEntry(join(cache, name))))
  return states.every(({ ok }) => ok) ? [] : missingNeeds(toolchainNeeds)
}

/**
 * Stops what would be built where the tools for it could not be installed.
 *
 * @param {Context} context
 * @returns {Step}
 */
export function toolchainStep(context) {
  return {
    name: 'compiler and pip',
    needs: ['system packages'],
    isReady: async () => (await missingTools(context)).length === 0,
    install: async () => {
      throw new SetUpError({
        what: `missing ${namesOf(await missingTools(context))}`,
        why: 'the native parts are built on this machine',
        todo: 'install them as said above, then run: npm run setup'
      })
    }
  }
}
