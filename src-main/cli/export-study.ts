import { join } from 'node:path'
import type { StudyReport } from '@shared/studies/study-report'
import { writeFileAtomically } from '../files/write-atomically'

/**
 * Writes a study's report as JSON.
 *
 * @returns the files written
 */
export async function exportStudy(report: StudyReport, folder: string): Promise<string[]> {
  const path = join(folder, 'report.json')
  await writeFileAtomically(path, Buffer.from(`${JSON.stringify(report, null, 2)}\n`))
  return [path]
}
