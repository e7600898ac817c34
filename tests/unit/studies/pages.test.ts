import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { pageWithResults } from '@shared/studies/report-markdown'
import { studyFigures } from '@shared/studies/study-figures'
import { studyReportSchema } from '@shared/studies/study-report'
import { listStudies } from '../../../src-main/engine/studies/studies'

const folder = join(import.meta.dirname, '../../../docs/studies')

describe.each(listStudies().map(({ definition }) => definition))(
  'the page of $id',
  (definition) => {
    const page = readFileSync(join(folder, `${definition.id}.md`), 'utf8')
    const text = readFileSync(join(folder, definition.id, 'report.json'), 'utf8')
    const report = studyReportSchema.parse(JSON.parse(text))

    test('shows the results of its report, and nothing else', () => {
      expect(pageWithResults(page, report)).toBe(page)
    })

    test('is of a completed study with the parameters of today', () => {
      expect(report).toMatchObject({ status: 'completed', study: definition.id })
      expect(report.parameters).toEqual(definition.sizes[report.size])
      expect(report.content.findings.length).toBeGreaterThan(0)
    })

    test('has its figures beside it', () => {
      const figures = studyFigures(report)
      expect(figures.length).toBeGreaterThan(0)
      expect(
        figures.filter(({ id }) => !existsSync(join(folder, definition.id, `${id}.svg`)))
      ).toEqual([])
    })
  }
)
