import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  contentSecurityPolicy,
  developmentContentSecurityPolicy
} from '../../../src-main/app/content-security-policy'

function directives(policy: string): Record<string, string> {
  return Object.fromEntries(
    policy.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ')
      return [name, sources.join(' ')]
    })
  )
}

test('the built page may load its own files and nothing else', () => {
  expect(directives(contentSecurityPolicy)).toEqual({
    'default-src': "'none'",
    'script-src': "'self'",
    // The next test says what else these are.
    'style-src-elem': expect.stringContaining("'self'"),
    'style-src-attr': "'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'font-src': "'self' data:",
    'connect-src': "'self'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'"
  })
})

test('the only style elements beside its own files set the pointer, each named by its hash', () => {
  const { 'style-src-elem': styles = '' } = directives(contentSecurityPolicy)
  const texts = ['', ...['ew', 'w', 'e'].map((to) => `*{cursor: ${to}-resize!important;}`)]
  const hashes = texts.map((text) => createHash('sha256').update(text).digest('base64'))
  expect(styles.split(' ')).toEqual(["'self'", ...hashes.map((hash) => `'sha256-${hash}'`)])
})

test('development runs no inline or evaluated script either', () => {
  expect(directives(developmentContentSecurityPolicy)['script-src']).toBe("'self'")
})
