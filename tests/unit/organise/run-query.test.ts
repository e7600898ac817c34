import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseRunQuery } from '@shared/organise/run-query'
import { LabError } from '@shared/protocol/errors'

describe('parseRunQuery', () => {
  test('reads texts, fields, alternatives, quotation marks and exclusions', () => {
    expect(
      parseRunQuery('  base tag:"two words" width>=500 -seed=1,2 surrogate.name!=ste "a b"')
    ).toEqual([
      { kind: 'text', text: 'base', negated: false, start: 2 },
      { ...field('tag', ':', 'two words'), start: 7 },
      { ...field('width', '>=', '500'), start: 23 },
      { ...field('seed', '=', '1', '2'), negated: true, start: 34 },
      { ...field('surrogate.name', '!=', 'ste'), start: 44 },
      { kind: 'text', text: 'a b', negated: false, start: 64 }
    ])
    expect(parseRunQuery('κ=0.2 note=""')).toMatchObject([
      field('κ', '=', '0.2'),
      field('note', '=', '')
    ])
    expect(parseRunQuery(' ')).toEqual([])
  })

  test('keeps signs and exponents in values, and hyphens inside words', () => {
    expect(parseRunQuery('m>-1e-3 far-pairs')).toMatchObject([
      field('m', '>', '-1e-3'),
      { kind: 'text', text: 'far-pairs' }
    ])
  })

  test.each([
    ['width>=', 'At character 8 of the search a value is missing after width.'],
    ['tag:a, b', 'At character 7 of the search a value is missing after tag.'],
    [
      'quick tag:"open',
      '“"open” at character 11 of the search does not end: close the quotation mark.'
    ],
    ['a >=5', '“>=5” at character 3 of the search has no field before it, as in width>=500.'],
    ['a - b', '“-” at character 3 of the search excludes nothing: put a part right after it.'],
    ['a OR b', /“OR” at character 3 of the search is not needed: .*status=failed,cancelled/]
  ])('refuses %s, saying where', (query, message) => {
    expect(() => parseRunQuery(query)).toThrow(message)
  })

  test('reads or refuses any text, and reads what it has read from its own words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (query) => {
        try {
          for (const term of parseRunQuery(query)) {
            if (term.kind === 'field') expect(term.values.length).toBeGreaterThan(0)
            else expect(query).toContain(term.text)
          }
        } catch (problem) {
          expect(problem).toBeInstanceOf(LabError)
        }
      })
    )
  })
})

function field(name: string, operator: string, ...values: string[]) {
  return { kind: 'field', field: name, operator, values, negated: false }
}
