import { expect, test } from 'vitest'
import { countReport, sumCounts, summary } from '../../resources/setup/count.mjs'

const vitestReport = JSON.stringify({
  numPassedTests: 7,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1
})
const playwrightReport = JSON.stringify({
  stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 }
})

test('both kinds of report are counted', () => {
  expect(countReport(vitestReport, 1)).toEqual({ passed: 7, failed: 1, skipped: 3 })
  expect(countReport(playwrightReport, 1)).toEqual({ passed: 4, failed: 1, skipped: 2 })
})

test.each([
  ['no report', undefined],
  ['half a report', vitestReport.slice(0, 30)],
  ['a report without numbers', '{}']
])('%s counts as one failed test, whatever the exit code', (_name, text) => {
  expect(countReport(text, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect(countReport(text, 139)).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

test('a suite that ends badly without a failed test counts as one failed test', () => {
  const clean = JSON.stringify({ numPassedTests: 5, numFailedTests: 0, numPendingTests: 0 })
  expect(countReport(clean, 0)).toEqual({ passed: 5, failed: 0, skipped: 0 })
  expect(countReport(clean, 1)).toEqual({ passed: 5, failed: 1, skipped: 0 })
})

test('the sum is one line, which names skipped tests only if there are any', () => {
  const one = { passed: 5, failed: 0, skipped: 0 }
  expect(summary(sumCounts([one, one]))).toBe('10 passed, 0 failed')
  expect(summary(sumCounts([one, { passed: 1, failed: 2, skipped: 3 }]))).toBe(
    '6 passed, 2 failed, 3 skipped'
  )
  expect(summary(sumCounts([]))).toBe('0 passed, 0 failed')
})
