import { existsSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'

/** The ending of session files. */
export const SESSION_EXTENSION = '.tangent'

/**
 * The session named on a command line: `--session PATH`, `--session=PATH`, or a path that ends in
 * .tangent; null where there is none.
 *
 * @param folder what relative paths are relative to
 */
export function sessionArgument(args: readonly string[], folder: string): string | null {
  const joined = args.find((arg) => arg.startsWith('--session='))
  const flag = args.indexOf('--session')
  const following = flag < 0 ? undefined : args[flag + 1]
  const named = args.filter((arg) => arg.endsWith(SESSION_EXTENSION))
  const path =
    joined?.slice('--session='.length) ??
    // A switch is no path: --session was given without one.
    [following, ...named].find((arg) => arg !== undefined && !arg.startsWith('-'))
  if (path === undefined || path === '') return null
  return isAbsolute(path) ? path : resolve(folder, path)
}

/** The path with the ending of sessions, added where it is missing. */
export function withExtension(path: string): string {
  return path.endsWith(SESSION_EXTENSION) ? path : path + SESSION_EXTENSION
}

/** A name beside `path` that no file has: "lab.tangent" → "lab 2.tangent". */
export function unusedNeighbour(path: string): string {
  const stem = basename(path, SESSION_EXTENSION)
  for (let number = 2; ; number++) {
    const candidate = join(dirname(path), `${stem} ${number}${SESSION_EXTENSION}`)
    if (!existsSync(candidate)) return candidate
  }
}
