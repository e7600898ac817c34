import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { megabytes } from './report.mjs'

/**
 * What has arrived in a folder so far, as text. npm and pip print no progress into a pipe, so the
 * growing files are looked at instead.
 *
 * @param {string} folder
 * @param {number} [expected] what has arrived is never said to be more (npm keeps a copy)
 */
export function downloadProgress(folder, expected = Infinity) {
  const whole = Number.isFinite(expected) ? ` of ${megabytes(expected)}` : ''
  return () => `downloading, ${megabytes(Math.min(folderSize(folder), expected))}${whole},`
}

/**
 * How far npm is.
 *
 * @param {string} root
 */
export function packageProgress(root) {
  return () => {
    try {
      return `installing, ${readdirSync(join(root, 'node_modules')).length} folders so far,`
    } catch {
      return 'installing,'
    }
  }
}

/**
 * @param {string} folder
 * @returns {number}
 */
function folderSize(folder) {
  let bytes = 0
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) bytes += folderSize(path)
      else bytes += statSync(path, { throwIfNoEntry: false })?.size ?? 0
    }
  } catch {
    // A folder may vanish between two looks.
  }
  return bytes
}
