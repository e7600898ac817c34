import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packagesMatch } from '../../resources/setup/packages.mjs'
import { temporaryFolder } from './folders'

function clone(wanted: Record<string, object>, installed: Record<string, object>): string {
  const root = temporaryFolder()
  mkdirSync(join(root, 'node_modules'))
  writeLock(root, wanted)
  writeFileSync(
    join(root, 'node_modules', '.package-lock.json'),
    JSON.stringify({ packages: installed })
  )
  return root
}

function writeLock(root: string, packages: Record<string, object>): void {
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages }))
}

const a1 = { 'node_modules/a': { version: '1.0.0' } }
const a2 = { 'node_modules/a': { version: '2.0.0' } }

test('without node_modules nothing matches', () => {
  const root = temporaryFolder()
  writeLock(root, a1)
  expect(packagesMatch(root)).toBe(false)
})

test('an installation by hand is recognised by the record that npm leaves', () => {
  expect(packagesMatch(clone({ '': {}, ...a1 }, a1))).toBe(true)
  expect(packagesMatch(clone({ '': {}, ...a1 }, a2))).toBe(false)
  expect(packagesMatch(clone({ '': {}, ...a1 }, {}))).toBe(false)
  expect(packagesMatch(clone({ '': {} }, a1))).toBe(false)
})

test('packages for other platforms may be absent, but not in another version', () => {
  const optional = { 'node_modules/b': { version: '1.0.0', optional: true } }
  expect(packagesMatch(clone({ ...a1, ...optional }, a1))).toBe(true)
  const other = { 'node_modules/b': { version: '3.0.0' } }
  expect(packagesMatch(clone({ ...a1, ...optional }, { ...a1, ...other }))).toBe(false)
})

test('the stamp spares the comparison until the lock changes', () => {
  const root = clone(a1, a1)
  expect(packagesMatch(root)).toBe(true)
  rmSync(join(root, 'node_modules', '.package-lock.json'))
  expect(packagesMatch(root)).toBe(true)
  writeLock(root, a2)
  expect(packagesMatch(root)).toBe(false)
})
