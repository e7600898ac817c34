/*
 * A process of its own, started by electron-runtime.mjs: downloads Electron's release with the
 * electron package's own downloader, which checks it against the checksums in that package. Prints
 * a dot for each piece that arrives, and at the end the path of the archive.
 *
 *   node electron-download.mjs <project root> <version> <folder>
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const [root = '', version = '', cacheRoot = ''] = process.argv.slice(2)
const fromElectron = createRequire(join(root, 'node_modules', 'electron', 'package.json'))
const { downloadArtifact } = fromElectron('@electron/get')

try {
  const archive = await downloadArtifact({
    version,
    artifactName: 'electron',
    platform: process.platform,
    arch: process.arch,
    cacheRoot,
    checksums: JSON.parse(
      readFileSync(join(root, 'node_modules', 'electron', 'checksums.json'), 'utf8')
    ),
    downloadOptions: {
      quiet: true,
      getProgressCallback: async () => {
        process.stdout.write('.')
      }
    }
  })
  process.stdout.write(`\n${archive}\n`)
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
