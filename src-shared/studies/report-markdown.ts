import { expectationText, shortNumber, valueText, verdictText } from './report-text'
import { studyFigures } from './study-figures'
import type { StudyReport } from './study-report'

/** Longer tables are left to the files. */
export const ROW_LIMIT = 40

/** The results of a study in Markdown, as its page in docs/studies shows them. */
export function reportMarkdown(report: StudyReport): string {
  const { study, size, environment, wallTimeMs, finishedAt, content } = report
  const seconds = wallTimeMs === null ? '' : ` in ${Math.round(wallTimeMs / 1000)} s`
  const place = environment
    ? `${environment.device}, TensorFlow ${environment.tensorflowVersion}`
    : ''
  const tables = content.tables.filter(({ rows }) => rows.length > 0 && rows.length <= ROW_LIMIT)
  return [
    `Measured on ${finishedAt?.slice(0, 10) ?? ''}${seconds} (${place}) by`,
    `\`\`\`sh\ntangent study ${study} --session studies.tangent --size ${size} --docs docs/studies\n\`\`\``,
    `${verdictText(report)}.`,
    markdownTable(
      ['finding', 'value', 'expected', 'z', 'verdict'],
      content.findings.map((finding) => [
        ...[finding.label, valueText(finding), expectationText(finding)],
        ...[finding.z === null ? '' : finding.z.toFixed(1), finding.verdict]
      ])
    ),
    ...studyFigures(report).map(
      ({ id, caption }) => `![${caption}](${study}/${id}.svg)\n\n${caption}`
    ),
    ...tables.map(
      ({ title, columns, rows }) =>
        `${title}:\n\n${markdownTable(
          columns,
          rows.map((row) => row.map(cell))
        )}`
    )
  ].join('\n\n')
}

const BEGIN =
  '<!-- prettier-ignore-start -->\n<!-- results: written by "tangent study … --docs" -->'
const END = '<!-- end of results -->\n<!-- prettier-ignore-end -->'

/**
 * A page with the results in it replaced by those of a report.
 *
 * @returns null where the page has no place for results
 */
export function pageWithResults(page: string, report: StudyReport): string | null {
  const begin = page.indexOf(BEGIN)
  const end = page.indexOf(END)
  if (begin < 0 || end < begin) return null
  const before = page.slice(0, begin + BEGIN.length)
  return `${before}\n\n${reportMarkdown(report)}\n\n${page.slice(end)}`
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function cell(value: number | string | null): string {
  if (value === null) return '–'
  return typeof value === 'number' ? shortNumber(value) : value
}
