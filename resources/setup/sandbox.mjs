import { commandWorks } from './run-command.mjs'

/**
 * Whether Chromium can put its pages into a sandbox here. It refuses to as root, and for other users
 * it needs user namespaces, which containers and some distributions do not give. Its other way, a
 * helper program that belongs to root, is for installed packages.
 *
 * @param {() => Promise<boolean>} [namespacesWork]
 * @param {number | undefined} [user]
 */
export async function sandboxWorks(
  namespacesWork = () => commandWorks('unshare', ['--user', '--map-root-user', 'true']),
  user = process.getuid?.()
) {
  if (process.platform !== 'linux') return true
  return user !== 0 && (await namespacesWork())
}

/**
 * Says so where the sandbox is not available; the switch to leave it out has two spellings.
 *
 * @param {'--no-sandbox' | '--noSandbox'} flag
 * @returns {Promise<string[]>}
 */
export async function sandboxArguments(flag) {
  if (await sandboxWorks()) return []
  console.error(
    'Chromium’s sandbox is not available to this user here, so the window runs without it. ' +
      'The app shows nothing but its own files.'
  )
  return [flag]
}
