/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Reads the JSON report of vitest or of Playwright. A suite that ended badly without a failed test
 * (a crash, a file that does not load, an error outside of tests), or that left no report, counts
 * as one failed test: no trouble may hide behind a zero.
 *
 * @param {string | undefined} text
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countReport(text, exitCode) {
  const counts = parseCounts(text)
  if (!counts) return { passed: 0, failed: 1, skipped: 0 }
  if (exitCode !== 0 && counts.failed === 0) return { ...counts, failed: 1 }
  return counts
}

/**
 * @param {string | undefined} text
 * @returns {Counts | undefined}
 */
function parseCounts(text) {
  try {
    const report = JSON.parse(text ?? '')
    if (report.stats) {
      const { expected, unexpected, flaky, skipped } = report.stats
      return checked({ passed: expected + flaky, failed: unexpected, skipped })
    }
    return checked({
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + (report.numTodoTests ?? 0)
    })
  } catch {
    return undefined
  }
}

/** @param {Counts} counts */
function checked(counts) {
  return Object.values(counts).every(Number.isInteger) ? counts : undefined
}

/**
 * @param {Counts[]} all
 * @returns {Counts}
 */
export function sumCounts(all) {
  const sum = { passed: 0, failed: 0, skipped: 0 }
  for (const counts of all) {
    sum.passed += counts.passed
    sum.failed += counts.failed
    sum.skipped += counts.skipped
  }
  return sum
}

/** @param {Counts} counts */
export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
