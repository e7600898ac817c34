import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bundledNodeGyp, runNpm } from './npm.mjs'
import { runCommand } from './run-command.mjs'

/**
 * Builds an addon from its unmodified sources with the node-gyp that npm carries. Node's headers
 * come from beside the running Node where they are; else node-gyp gets them itself.
 *
 * @param {string} folder
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, what: string }} options
 */
export async function nodeGypRebuild(folder, args, { env, what }) {
  const prefix = join(dirname(process.execPath), '..')
  const headers = existsSync(join(prefix, 'include', 'node', 'node.h'))
    ? [`--nodedir=${prefix}`]
    : []
  const all = ['rebuild', '--jobs=max', ...headers, ...args]
  const options = {
    cwd: folder,
    env,
    what,
    todo: 'a C++ compiler with C++20, make, python3 and Node’s headers are needed; then run: npm run setup'
  }
  const script = bundledNodeGyp()
  if (script) await runCommand(process.execPath, [script, ...all], options)
  else await runNpm(['exec', '--yes', '--package=node-gyp@11', '--', 'node-gyp', ...all], options)
}
