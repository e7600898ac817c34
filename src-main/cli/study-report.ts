import { ROW_LIMIT } from '@shared/studies/report-markdown'
import type { StudyReport } from '@shared/studies/study-report'
import { expectationText, shortNumber, valueText, verdictText } from '@shared/studies/report-text'
import { writeLines, writeTable } from './output'

/** Writes what a study has found for people. */
export function writeStudy(report: StudyReport): void {
  const { environment, wallTimeMs, problem } = report
  writeLines(
    `study        ${report.study}, ${report.size}`,
    `status       ${problem === null ? report.status : `${report.status}: ${problem}`}`,
    `created      ${report.createdAt}`,
    `wall time    ${wallTimeMs === null ? '–' : `${(wallTimeMs / 1000).toFixed(1)} s`}`,
    `computed on  ${environment ? `${environment.device}, TensorFlow ${environment.tensorflowVersion}` : '–'}`,
    '',
    `${verdictText(report)}:`
  )
  writeTable(
    ['verdict', 'finding', 'value', 'z', 'expected'],
    report.content.findings.map((finding) => [
      ...[finding.verdict, finding.label, valueText(finding)],
      ...[finding.z === null ? '–' : finding.z.toFixed(1), expectationText(finding)]
    ])
  )
  for (const { title, columns, rows } of report.content.tables) {
    if (rows.length > ROW_LIMIT) {
      writeLines('', `${title}: ${rows.length} rows, which --export writes`)
      continue
    }
    writeLines('', title)
    writeTable(
      columns,
      rows.map((row) =>
        row.map((value) =>
          typeof value === 'number' ? shortNumber(value) : value === null ? '–' : value
        )
      )
    )
  }
}
