import { buildApp, buildMatches } from './build.mjs'
import { packageProgress } from './download-size.mjs'
import { electronEntryName, installElectron } from './electron-runtime.mjs'
import { engineSteps } from './engine-steps.mjs'
import { entryStep } from './entry-step.mjs'
import { installPackages, packagesMatch } from './packages.mjs'
import { lockedPackage } from './project.mjs'
import { systemStep, toolchainStep } from './system-steps.mjs'

/**
 * @typedef {import('./ensure-ready.mjs').Wanted & { root: string, cache: string, flavour: 'cpu' | 'cuda', report: import('./report.mjs').Report }} Context
 * @typedef {import('./steps.mjs').Step} Step
 */

/**
 * @param {Context} context
 * @returns {Step[]}
 */
export function planSteps(context) {
  return [
    systemStep(context),
    ...(context.engine ? [toolchainStep(context)] : []),
    packagesStep(context),
    ...(context.engine ? engineSteps(context) : []),
    ...(context.desktop ? [electronStep(context)] : []),
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
 * @param {Context} context
 * @returns {Step}
 */
function electronStep(context) {
  const { root } = context
  return entryStep(context, {
    name: `electron ${lockedPackage(root, 'electron').version}`,
    needs: ['npm packages'],
    entry: electronEntryName(root),
    links: [],
    make: (folder, doing) => installElectron(root, folder, doing)
  })
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
