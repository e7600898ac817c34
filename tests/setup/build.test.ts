import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { buildMatches, hashOfAppSources } from '../../resources/setup/build.mjs'
import { temporaryFolder } from './folders'

function write(root: string, file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

async function builtClone(): Promise<string> {
  const root = temporaryFolder()
  write(root, 'src-main/cli/index.ts', 'run()')
  write(root, 'resources/presets/quick.json', '{}')
  write(root, 'package-lock.json', '{}')
  for (const file of ['main/index.js', 'main/cli.js', 'renderer/index.html']) {
    write(root, `out/${file}`, '')
  }
  write(root, 'out/.sources', await hashOfAppSources(root))
  return root
}

test('an app built from these sources is not built again', async () => {
  const root = await builtClone()
  expect(await buildMatches(root)).toBe(true)
  write(root, 'resources/setup/cache.mjs', 'no part of the app')
  write(root, 'tests/unit/new.test.ts', 'nor is this')
  expect(await buildMatches(root)).toBe(true)
})

test.each([
  ['a changed source', 'src-main/cli/index.ts'],
  ['a new source', 'src-shared/new.ts'],
  ['another resource', 'resources/presets/quick.json'],
  ['other packages', 'package-lock.json'],
  ['other settings', 'electron.vite.config.ts']
])('%s asks for a build', async (_name, file) => {
  const root = await builtClone()
  write(root, file, 'changed')
  expect(await buildMatches(root)).toBe(false)
})

test('so do a missing result and a missing stamp', async () => {
  const root = await builtClone()
  rmSync(join(root, 'out/main/cli.js'))
  expect(await buildMatches(root)).toBe(false)
  write(root, 'out/main/cli.js', '')
  rmSync(join(root, 'out/.sources'))
  expect(await buildMatches(root)).toBe(false)
})
