import type { Finding } from './finding'
import type { StudyReport } from './study-report'

/** A number as tables and texts show it: four digits, without digits that say nothing. */
export function shortNumber(value: number): string {
  if (value === 0 || Number.isInteger(value)) {
    return Math.abs(value) < 1e7 ? String(value) : value.toExponential(3)
  }
  const size = Math.abs(value)
  if (size >= 1e-3 && size < 1e6) return String(Number(value.toPrecision(4)))
  return Number(value.toPrecision(4)).toExponential()
}

/** A finding with its uncertainty, such as "0.4315 ± 0.056 (0.32 … 0.54)". */
export function valueText({ value, unit, standardError, interval }: Finding): string {
  const error = standardError === null ? '' : ` ± ${shortNumber(rounded(standardError))}`
  const range = interval === null ? '' : ` (${interval.map(rounded).map(shortNumber).join(' … ')})`
  return `${shortNumber(value)}${error}${range}${unit === '' ? '' : ` ${unit}`}`
}

/** What is expected, such as "2 ± 0.001: every layer …"; empty where nothing is. */
export function expectationText({ expectation }: Finding): string {
  if (!expectation) return ''
  const { low, high, reason } = expectation
  const range =
    low !== null && high !== null
      ? low === high
        ? shortNumber(low)
        : `${shortNumber(low)} … ${shortNumber(high)}`
      : low !== null
        ? `≥ ${shortNumber(low)}`
        : high !== null
          ? `≤ ${shortNumber(high)}`
          : ''
  return `${range}: ${reason}`
}

/** The report's verdicts in one line, such as "23 of 25 findings agree with theory, 4 only measured". */
export function verdictText({ content }: StudyReport): string {
  const count = (verdict: Finding['verdict']): number =>
    content.findings.filter((one) => one.verdict === verdict).length
  const [agree, disagree, measured] = [count('agrees'), count('disagrees'), count('measured')]
  return (
    `${agree} of ${agree + disagree} findings agree with what is expected of them` +
    (measured === 0 ? '' : `; ${measured} more are measured`)
  )
}

function rounded(value: number): number {
  return Number(value.toPrecision(2))
}
