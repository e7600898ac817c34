import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * A file or folder below resources/, whether this runs from sources or bundled into out/.
 *
 * @param names the path's parts below resources/
 */
export function resourcePath(...names: string[]): string {
  return join(projectFolder, 'resources', ...names)
}

/** The nearest folder upwards with a package.json: the bundler may put this code at any depth. */
function findProjectFolder(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const parent = dirname(folder)
  if (parent === folder) throw new Error(`no package.json above ${import.meta.dirname}`)
  return findProjectFolder(parent)
}

const projectFolder = findProjectFolder(import.meta.dirname)
