import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { SetUpError } from './errors.mjs'
import { runCommand } from './run-command.mjs'

/**
 * One thing that the system must have: a program or a shared library, and the Debian packages that
 * bring it. Names are tried in order, since Ubuntu 24.04 renamed some (`t64`).
 *
 * @typedef {{ programs?: string[], library?: string, packages: string[] }} Need
 */

/** @type {Need[]} */
export const desktopNeeds = [
  { library: 'libgtk-3.so.0', packages: ['libgtk-3-0t64', 'libgtk-3-0'] },
  { library: 'libnss3.so', packages: ['libnss3'] },
  { library: 'libasound.so.2', packages: ['libasound2t64', 'libasound2'] },
  { library: 'libgbm.so.1', packages: ['libgbm1'] }
]

/**
 * A virtual screen, for the tests of the desktop app where there is no display.
 *
 * @type {Need[]}
 */
export const virtualScreenNeeds = [
  { programs: ['Xvfb'], packages: ['xvfb'] },
  { programs: ['xauth'], packages: ['xauth'] }
]

/** @type {Need[]} */
export const toolchainNeeds = [
  { programs: ['python3'], packages: ['python3'] },
  { programs: ['pip3', 'pip'], packages: ['python3-pip'] },
  { programs: ['g++'], packages: ['g++'] },
  { programs: ['make'], packages: ['make'] }
]

/**
 * @param {Need[]} needs
 * @param {{ path?: string, libraries?: string }} [system] the search path and the loader's list
 */
export async function missingNeeds(needs, system = {}) {
  if (process.platform !== 'linux') return []
  const path = system.path ?? process.env.PATH ?? ''
  const wantsLibraries = needs.some((need) => need.library)
  const libraries = system.libraries ?? (wantsLibraries ? await loaderList() : '')
  return needs.filter((need) =>
    need.programs
      ? !need.programs.some((program) => onPath(program, path))
      : !libraries.includes(`${need.library} `)
  )
}

/** @param {Need[]} needs */
export function namesOf(needs) {
  return needs.map((need) => need.programs?.[0] ?? need.library).join(', ')
}

/**
 * Installs with apt where this user may, and otherwise says in one message what is missing and the
 * command that installs it.
 *
 * @param {Need[]} missing
 * @param {number} [user]
 * @returns {Promise<string>} what was installed
 * @throws {SetUpError}
 */
export async function installNeeds(missing, user = process.getuid?.()) {
  const names = namesOf(missing)
  const plain = missing.map((need) => need.packages.at(-1) ?? '')
  if (!isDebian()) {
    throw new SetUpError({
      what: `this system lacks ${names}`,
      todo: `install them with the system's package manager (on Debian they are: ${plain.join(' ')})`
    })
  }
  const command = `apt-get update && sudo apt-get install -y --no-install-recommends ${plain.join(' ')}`
  if (user !== 0) {
    throw new SetUpError({
      what: `this system lacks ${names}`,
      why: 'installing system packages needs the administrator',
      todo: `sudo ${command}`
    })
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const todo = `check the network and apt's sources, then run: ${command.replace('sudo ', '')}`
  await runCommand('apt-get', ['update', '-q'], { env, what: 'apt-get update failed', todo })
  /** @type {string[]} */
  const chosen = []
  for (const need of missing) chosen.push(await firstKnown(need.packages))
  await runCommand('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...chosen], {
    env,
    what: `apt-get could not install ${chosen.join(' ')}`,
    todo
  })
  return chosen.join(' ')
}

/**
 * @param {string} program
 * @param {string} path
 */
export function onPath(program, path = process.env.PATH ?? '') {
  return path.split(delimiter).some((folder) => folder && existsSync(join(folder, program)))
}

async function loaderList() {
  // A plain user's PATH leaves out /sbin on Debian.
  const command = ['/sbin/ldconfig', '/usr/sbin/ldconfig'].find(existsSync) ?? 'ldconfig'
  return runCommand(command, ['-p']).catch(() => '')
}

function isDebian() {
  if (!onPath('apt-get', process.env.PATH)) return false
  try {
    return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}

/** @param {string[]} packages */
async function firstKnown(packages) {
  for (const name of packages) {
    const policy = await runCommand('apt-cache', ['policy', name]).catch(() => '')
    if (/Candidate: (?!\(none\))/.test(policy)) return name
  }
  return packages.at(-1) ?? ''
}
