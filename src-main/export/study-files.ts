import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LabError } from '@shared/protocol/errors'
import { pageWithResults } from '@shared/studies/report-markdown'
import { studyFigures } from '@shared/studies/study-figures'
import type { StudyReport } from '@shared/studies/study-report'
import { plotFile, type PlotAppearance } from '../engine/views/plot-file'
import { csvBytes } from '../files/csv'
import { writeFileAtomically } from '../files/write-atomically'

type Format = PlotAppearance['format']

/** Panels side by side need a wide figure. */
const appearance: Omit<PlotAppearance, 'format'> = {
  theme: 'light',
  ...{ width: 960, height: 380, fontSize: 9 },
  ...{ title: true, provenance: true, dotsPerInch: 300 }
}
/** Height of further rows of panels. */
const ROW_HEIGHT = 260

/**
 * Writes a study's report as JSON, its tables as CSV and its figures as SVG, PDF and PNG.
 *
 * @returns the files written
 */
export async function exportStudy(report: StudyReport, folder: string): Promise<string[]> {
  const figures = await writeFigures(report, folder, ['svg', 'pdf', 'png'])
  const written = [await writeReport(report, folder), ...figures]
  for (const { id, columns, rows } of report.content.tables) {
    const path = join(folder, `${id}.csv`)
    await writeFileAtomically(path, Buffer.concat([...csvBytes(columns, rows)]))
    written.push(path)
  }
  return written
}

/**
 * Puts a study's results into its page of the documentation: the page's results, the report and the
 * figures.
 *
 * @param folder of the pages; the report and figures go into a folder of the study's name in it
 * @returns the files written
 * @throws {LabError} 'file-problem' for a page without a place for results
 */
export async function writeStudyPage(report: StudyReport, folder: string): Promise<string[]> {
  const path = join(folder, `${report.study}.md`)
  const page = pageWithResults(readPage(path), report)
  if (page === null) throw new LabError('file-problem', `${path} has no place for results`)
  const own = join(folder, report.study)
  mkdirSync(own, { recursive: true })
  const written = [await writeReport(report, own), ...(await writeFigures(report, own, ['svg']))]
  await writeFileAtomically(path, Buffer.from(page))
  return [...written, path]
}

function readPage(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new LabError('file-problem', `${path} cannot be read: write the page first`, { cause })
  }
}

async function writeReport(report: StudyReport, folder: string): Promise<string> {
  const path = join(folder, 'report.json')
  await writeFileAtomically(path, Buffer.from(`${JSON.stringify(report, null, 2)}\n`))
  return path
}

async function writeFigures(
  report: StudyReport,
  folder: string,
  formats: readonly Format[]
): Promise<string[]> {
  const written: string[] = []
  for (const { id, plot } of studyFigures(report)) {
    const rows = Math.max(...plot.panels.map(({ row }) => row))
    const height = appearance.height + rows * ROW_HEIGHT
    for (const format of formats) {
      const path = join(folder, `${id}.${format}`)
      const bytes = await plotFile(plot, { ...appearance, height, format }, report.finishedAt)
      await writeFileAtomically(path, bytes)
      written.push(path)
    }
  }
  return written
}
