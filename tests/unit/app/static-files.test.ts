import { resolve, sep } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { staticFile } from '../../../src-main/app/static-files'

const folder = resolve('/lab/out/renderer')

describe('the files behind app://', () => {
  test('the root is the page', () => {
    expect(staticFile('app://tangent/', folder)).toEqual({
      path: resolve(folder, 'index.html'),
      contentType: 'text/html; charset=utf-8'
    })
  })

  test.each([
    ['app://tangent/assets/index.js', 'text/javascript; charset=utf-8'],
    ['app://tangent/assets/index.css?v=1#top', 'text/css; charset=utf-8'],
    ['app://tangent/assets/Inter.ttf', 'font/ttf']
  ])('%s is served as %s', (url, contentType) => {
    expect(staticFile(url, folder)?.contentType).toBe(contentType)
  })

  test.each([
    'app://other/index.html',
    'file:///lab/out/renderer/index.html',
    'https://tangent/index.html',
    'app://tangent@other/index.html',
    'app://tangent/..%2f..%2fpackage.json',
    'app://tangent/%2e%2e%2f%2e%2e%2fpackage.json',
    'app://tangent/..%5c..%5cpackage.json',
    'app://tangent/index.html%00.js',
    'app://tangent/%E0%A4%A',
    'app://tangent/..%2frenderer-secret/index.html',
    'app://tangent/engine.node',
    'app://tangent/assets',
    'no url'
  ])('%s is refused', (url) => {
    expect(staticFile(url, folder)).toBeNull()
  })

  test('no path whatever leaves the folder', () => {
    const piece = fc.constantFrom('..', '.', '%2e%2e', '%2f', '/', '\\', '%5c', 'a', '~', ':', '')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const found = staticFile(`app://tangent/${pieces.join('')}x.json`, folder)
        if (found) expect(found.path.startsWith(folder + sep)).toBe(true)
      })
    )
  })
})
