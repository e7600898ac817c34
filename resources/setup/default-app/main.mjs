/*
 * What `electron <folder or file> [arguments]` runs when no app is packed into the runtime.
 * Electron's releases carry such an app of their own; a runtime taken out of another package does
 * not, and without it the command ends silently. This one does the part that development and tests
 * use: it loads the folder given as if it were packed. Packaged builds leave it out.
 *
 * It awaits the app at its top level, as Electron's own does: Electron holds its "ready" event back
 * until then, so that an app can do what is possible only before it.
 */
import { readFileSync, statSync } from 'node:fs'
import Module from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

/** Splits `[switches] [-r module] <target> [the app's own arguments]`. */
function readArguments(args) {
  const preload = []
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index]
    if (arg === '-r' || arg === '--require') preload.push(args[(index += 1)])
    else if (!arg.startsWith('-')) return { preload, target: arg }
  }
  return { preload, target: undefined, version: args.includes('-v') || args.includes('--version') }
}

/** Gives the app the name, version and path that it would have when packed. */
function describeApp(path) {
  const isFile = statSync(path).isFile()
  app.setAppPath(isFile ? dirname(path) : path)
  if (isFile) return
  const about = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
  if (about.version) app.setVersion(about.version)
  app.name = about.productName ?? about.name ?? app.name
  if (about.desktopName) app.setDesktopName(about.desktopName)
}

async function start() {
  const { preload, target, version } = readArguments(process.argv.slice(1))
  if (version) {
    console.log(`v${process.versions.electron}`)
    return app.exit(0)
  }
  if (target === undefined) throw new Error('usage: electron <folder or file> [arguments]')
  // Apps ask for this to tell a development run from a packed one.
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
  Module._preloadModules(preload)
  const path = resolve(target)
  describeApp(path)
  await import(pathToFileURL(Module._resolveFilename(path, null, true)).href)
}

try {
  await start()
} catch (error) {
  console.error(error)
  app.exit(1)
}
