import { join } from 'node:path'
import { fileNameWords } from '@shared/protocol/run-file-name'
import { renderFigure } from '../engine/views/render-figure'
import { writeFileAtomically } from '../files/write-atomically'
import type { ExportSource } from './export-source'
import { figureContext, type FigureFormat } from './figure-files'

/**
 * Writes the figures that a session stores into a folder, each as it was edited, under its name.
 *
 * @param dotsPerInch of PNG
 * @returns the files written
 * @throws {LabError} 'not-found' for a figure of a run that is no more; 'file-problem'
 */
export async function exportStoredFigures(
  source: ExportSource,
  folder: string,
  { formats, dotsPerInch }: { formats: readonly FigureFormat[]; dotsPerInch: number }
): Promise<string[]> {
  const written: string[] = []
  const names = new Set<string>()
  for (const { name, id, spec } of source.session.organiser.listFigures()) {
    const words = fileNameWords(name)
    const stem =
      words === '' || names.has(words)
        ? [words, id.slice(0, 8)].filter((part) => part !== '').join('-')
        : words
    names.add(stem)
    for (const format of formats) {
      const { bytes } = await renderFigure({ ...spec, format, dotsPerInch }, figureContext(source))
      const path = join(folder, `${stem}.${format}`)
      await writeFileAtomically(path, bytes)
      written.push(path)
    }
  }
  return written
}
