import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { resolve } from 'node:path'

/** The built command line, as users run it (`npm run build` makes it). */
export const program = resolve(import.meta.dirname, '../../out/main/cli.js')

/** Runs a command to its end, in a folder, with this standard input and these variables besides. */
export function runTangent(
  args: readonly string[],
  folder = tmpdir(),
  input = '',
  env: Readonly<Record<string, string>> = {}
) {
  if (!existsSync(program)) throw new Error(`${program} is missing: run "npm run build" first`)
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28
  })
  return { status, stdout, stderr }
}
