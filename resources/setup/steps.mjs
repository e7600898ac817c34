import { messageOf } from './errors.mjs'

/**
 * One part of the set-up.
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {string[]} needs steps that must be done before; names that are not in the list are ignored
 * @property {() => boolean | Promise<boolean>} isReady quick, and changes nothing that matters
 * @property {() => Promise<string>} install returns the line that tells how it went
 * @property {boolean} [optional] its failure is told, and does not fail the whole
 */

/**
 * @param {Step[]} steps
 * @returns {Promise<boolean>}
 */
export async function allReady(steps) {
  const states = await Promise.all(steps.map((step) => step.isReady()))
  return states.every(Boolean)
}

/**
 * Runs the steps that are not ready, side by side where they do not need each other. A step whose
 * need failed is left out; everything else still runs, so that a retry has less to do.
 *
 * @param {Step[]} steps
 * @param {import('./report.mjs').Report} report
 * @returns {Promise<string[]>} the names of what failed, needed steps only
 */
export async function runSteps(steps, report) {
  /** @type {Map<string, Promise<boolean>>} */
  const results = new Map()
  /** @param {Step} step */
  const start = (step) => {
    const result = runStep(step)
    results.set(step.name, result)
    return result
  }
  /** @param {Step} step */
  const runStep = async (step) => {
    const needs = await Promise.all(step.needs.map((name) => results.get(name) ?? true))
    if (await step.isReady()) return true
    if (needs.includes(false)) return step.optional ?? false
    report.doing(step.name, '…')
    try {
      report.done(step.name, await step.install())
      return true
    } catch (error) {
      report.done(step.name, `${step.optional ? 'not installed' : 'FAILED'}\n${messageOf(error)}`)
      return step.optional ?? false
    }
  }
  const states = await Promise.all(steps.map(start))
  return steps.filter((_, index) => !states[index]).map((step) => step.name)
}
