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
    'style-src-elem': "'self'",
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

test('development runs no inline or evaluated script either', () => {
  expect(directives(developmentContentSecurityPolicy)['script-src']).toBe("'self'")
})
