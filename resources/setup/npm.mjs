import { existsSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { runCommand } from './run-command.mjs'

/**
 * Runs npm: the one that started this process, else the one on the search path.
 *
 * @param {string[]} args
 * @param {Parameters<typeof runCommand>[2]} options
 */
export function runNpm(args, options) {
  const script = process.env.npm_execpath
  if (script?.endsWith('npm-cli.js'))
    return runCommand(process.execPath, [script, ...args], options)
  return runCommand(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options)
}

/** The node-gyp that npm carries, or undefined (Debian's own npm keeps it elsewhere). */
export function bundledNodeGyp() {
  const scripts = [process.env.npm_execpath, npmOnPath()].filter((path) => path !== undefined)
  return scripts
    .map((script) => join(dirname(script), '..', 'node_modules', 'node-gyp', 'bin', 'node-gyp.js'))
    .find(existsSync)
}

function npmOnPath() {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    try {
      return realpathSync(join(folder, 'npm'))
    } catch {
      // Not in this folder.
    }
  }
  return undefined
}
