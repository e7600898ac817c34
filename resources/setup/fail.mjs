import { messageOf } from './errors.mjs'

/**
 * Ends the process with a message for people.
 *
 * @param {unknown} error
 * @returns {never}
 */
export function fail(error) {
  process.stderr.write(`${messageOf(error)}\n`)
  process.exit(1)
}
