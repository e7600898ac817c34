import { existsSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { runCommand } from './run-command.mjs'

/**
 * The command line that runs npm: the npm that started this process, else the one on the search
 * path.
 *
 * @param {string[]} args
 * @returns {[command: string, ...args: string[]]}
 */
export function npmCommand(args) {
  const script = process.env.npm_execpath
  if (script?.endsWith('npm-cli.js')) return [process.execPath, script, ...args]
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', ...args]
}

/**
 * @param {string[]} args
 * @param {Parameters<typeof runCommand>[2]} options
 */
export function runNpm(args, options) {
  const [command, ...all] = npmCommand(args)
  return runCommand(command, all, options)
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
