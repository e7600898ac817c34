import { SetUpError } from './errors.mjs'

/**
 * @param {string} [version]
 * @throws {SetUpError} below Node 20.15, the first whose zlib has crc32
 */
export function requireNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 15)) return
  throw new SetUpError({
    what: `Node ${version} is too old`,
    why: 'Tangent Lab needs Node 20.15 or newer',
    todo: 'install a newer Node and try again'
  })
}
