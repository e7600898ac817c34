import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetUpError } from './errors.mjs'
import { sha256OfFile } from './hash.mjs'
import { runCommand } from './run-command.mjs'

/**
 * A pinned Python wheel. Wheels are zip archives; no Python package is installed.
 *
 * @typedef {{ name: string, version: string, sha256: string, size: number }} Wheel
 */

/**
 * Reads a requirements file of pip in which each wheel has one hash and, in a comment, its size.
 *
 * @param {string} path
 * @returns {Wheel[]}
 */
export function readRequirements(path) {
  const pattern = /# size: (\d+)\n([\w.-]+)==(\S+) \\\n +--hash=sha256:([0-9a-f]{64})/g
  return [...readFileSync(path, 'utf8').matchAll(pattern)].map(
    ([, size = '', name = '', version = '', sha256 = '']) => ({
      name,
      version,
      sha256,
      size: Number(size)
    })
  )
}

/**
 * Where a wheel is once it is downloaded. The name is its checksum, so a file there is the right one
 * unless its size says that it is damaged.
 *
 * @param {string} cache
 * @param {Wheel} wheel
 */
export function wheelPath(cache, wheel) {
  return join(cache, 'downloads', `${wheel.name}-${wheel.version}-${wheel.sha256.slice(0, 12)}.whl`)
}

/**
 * @param {string} cache
 * @param {Wheel} wheel
 */
export async function hasWheel(cache, wheel) {
  const found = await stat(wheelPath(cache, wheel)).catch(() => undefined)
  return found?.size === wheel.size
}

/**
 * Downloads one wheel with pip, whatever Python the user has, and refuses any other content.
 *
 * @param {string} cache
 * @param {Wheel} wheel
 * @param {(folder: string) => void} onStart told the folder in which the download grows
 */
export async function downloadWheel(cache, wheel, onStart) {
  const path = wheelPath(cache, wheel)
  const partial = join(cache, `${wheel.name}.partial-${process.pid}`)
  await rm(partial, { recursive: true, force: true })
  await mkdir(join(partial, 'tmp'), { recursive: true })
  await mkdir(join(cache, 'downloads'), { recursive: true })
  onStart(partial)
  try {
    const pinned = join(partial, 'requirement.txt')
    await writeFile(pinned, `${wheel.name}==${wheel.version} --hash=sha256:${wheel.sha256}\n`)
    const platforms = ['manylinux_2_27', 'manylinux_2_17', 'manylinux2014', 'manylinux_2_12']
    await runCommand(
      'python3',
      [
        ...['-m', 'pip', 'download', '--no-deps', '--require-hashes', '--only-binary=:all:'],
        ...['--no-cache-dir', '--disable-pip-version-check', '--progress-bar=off'],
        ...['--python-version', '311', '--implementation', 'cp'],
        ...platforms.flatMap((name) => ['--platform', `${name}_x86_64`]),
        ...['-d', join(partial, 'wheel'), '-r', pinned]
      ],
      {
        env: { TMPDIR: join(partial, 'tmp') },
        what: `pip could not download ${wheel.name} ${wheel.version}`,
        todo: 'check the network and the index that pip uses (pip config list), then run: npm run setup'
      }
    )
    const [file = ''] = await readdir(join(partial, 'wheel'))
    const downloaded = join(partial, 'wheel', file)
    const { size } = await stat(downloaded)
    if (size !== wheel.size || (await sha256OfFile(downloaded)) !== wheel.sha256) {
      throw new SetUpError({
        what: `${wheel.name} ${wheel.version} came with a wrong size or checksum`,
        why: `it has ${size} bytes instead of ${wheel.size}, or other content`,
        todo: 'try again; if it stays so, the package index in use serves a changed file'
      })
    }
    await rename(downloaded, path)
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}
