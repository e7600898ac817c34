import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { sessionArgument, unusedNeighbour, withExtension } from '../../../src-main/app/session-path'

const here = resolve('/home/ada')

describe('the session on a command line', () => {
  test.each([
    ['--session PATH', ['.', '--session', '/data/a.tangent'], '/data/a.tangent'],
    ['--session=PATH', ['--session=/data/a=b.tangent'], '/data/a=b.tangent'],
    ['a path from the system', ['.', '--no-sandbox', '/data/a.tangent'], '/data/a.tangent'],
    ['a path after a switch alike', ['--open=b.tangent', '/data/a.tangent'], '/data/a.tangent'],
    ['a relative path', ['--session', 'a.tangent'], join(here, 'a.tangent')],
    ['the named one of two', ['/data/b.tangent', '--session', '/data/a.tangent'], '/data/a.tangent']
  ])('%s', (_what, args, path) => {
    expect(sessionArgument(args, here)).toBe(resolve(path))
  })

  test.each([
    ['none', ['.', '--no-sandbox']],
    ['a switch without its path', ['.', '--session']],
    ['a switch without its path before another', ['.', '--session', '--disable-gpu']],
    ['an empty path', ['--session=']],
    ['a switch that ends like a session', ['--open=a.tangent']]
  ])('nothing: %s', (_what, args) => {
    expect(sessionArgument(args, here)).toBeNull()
  })
})

test('the ending is added where it is missing', () => {
  expect(withExtension('/data/a')).toBe('/data/a.tangent')
  expect(withExtension('/data/a.tangent')).toBe('/data/a.tangent')
})

test('a fresh session takes a name that no file has', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tangent-app-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true })
  })
  expect(unusedNeighbour(join(folder, 'lab.tangent'))).toBe(join(folder, 'lab 2.tangent'))
  writeFileSync(join(folder, 'lab 2.tangent'), '')
  expect(unusedNeighbour(join(folder, 'lab.tangent'))).toBe(join(folder, 'lab 3.tangent'))
})
