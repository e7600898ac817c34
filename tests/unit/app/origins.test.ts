import { describe, expect, test } from 'vitest'
import { isAllowedRequest, originOf } from '../../../src-main/app/origins'

const vite = 'http://localhost:5173'

describe('origins', () => {
  test.each([
    ['app://tangent/index.html?a#b', 'app://tangent'],
    ['http://localhost:5173/x', vite],
    ['app://tangent.example/', 'app://tangent.example'],
    ['app://tangent@example/', 'app://example']
  ])('%s comes from %s', (url, origin) => {
    expect(originOf(url)).toBe(origin)
  })

  test('what is no URL has none', () => {
    expect(originOf('')).toBeNull()
  })
})

describe('what a page may load', () => {
  test.each(['app://tangent/assets/a.js', 'data:image/png;base64,', 'blob:app://tangent/1'])(
    'the built page loads %s',
    (url) => {
      expect(isAllowedRequest(url, null)).toBe(true)
    }
  )

  test.each([
    'http://example.org/',
    'https://example.org/',
    'ws://localhost:5173/',
    'wss://example.org/',
    'ftp://example.org/',
    'file:///etc/passwd',
    'app://other/index.html',
    `${vite}/`
  ])('the built page does not load %s', (url) => {
    expect(isAllowedRequest(url, null)).toBe(false)
  })

  test('development adds its own server, with its live reload, and no other', () => {
    expect(isAllowedRequest(`${vite}/src/main.ts`, vite)).toBe(true)
    expect(isAllowedRequest('ws://localhost:5173/?token=a', vite)).toBe(true)
    expect(isAllowedRequest('http://localhost:5174/', vite)).toBe(false)
    expect(isAllowedRequest('http://localhost:5173.example/', vite)).toBe(false)
  })
})
