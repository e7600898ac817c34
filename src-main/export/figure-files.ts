import { join } from 'node:path'
import { noEdits } from '@shared/figures/figure-edits'
import { figureSource } from '@shared/figures/figure-kinds'
import type { FigureRequest } from '@shared/figures/figure-request'
import type { RunDetail } from '@shared/protocol/results'
import { javascriptLinearAlgebra } from '../engine/float64/javascript-linear-algebra'
import { renderFigure } from '../engine/views/render-figure'
import { readEnsembleResults } from '../engine/views/run-arrays'
import { writeFileAtomically } from '../files/write-atomically'
import type { ExportSource } from './export-source'

export const figureFormats = ['svg', 'pdf', 'png'] as const
export type FigureFormat = (typeof figureFormats)[number]

/** How figures are drawn into files. */
export type FigureAppearance = Omit<FigureRequest, 'source' | 'edits' | 'format'>

/** 190 mm × 127 mm at 96 pixels an inch, on white. */
export const defaultAppearance: FigureAppearance = {
  theme: 'light',
  width: 720,
  height: 480,
  fontSize: 9,
  title: true,
  provenance: true,
  dotsPerInch: 300
}

/** A figure as a file's contents, with a name for the file. */
export interface FigureFile {
  readonly fileName: string
  readonly bytes: Uint8Array
}

/** Draws a figure: an engine's channel, or renderFrom. */
export type RenderFigure = (request: FigureRequest) => Promise<FigureFile>

/** Draws figures from a session, without an engine. */
export function renderFrom({ session, tables }: ExportSource): RenderFigure {
  return (request) =>
    renderFigure(request, {
      ...{ session, tables },
      algebra: () => javascriptLinearAlgebra,
      results: (runId, index) => readEnsembleResults(session, tables, runId, index)
    })
}

/** Every figure of a run, drawn one after the other, each with a name of its own. */
export async function* runFigures(
  render: RenderFigure,
  run: RunDetail,
  appearance: FigureAppearance,
  formats: readonly FigureFormat[]
): AsyncGenerator<FigureFile> {
  const names = new Set<string>()
  for (const { index } of run.ensembles) {
    for (const kind of ['function', 'loss'] as const) {
      for (const format of formats) {
        const source = figureSource(kind, run.id, index, null)
        const request = { ...appearance, source, edits: noEdits, format }
        const { fileName, bytes } = await render(request)
        // Conditions may differ in nothing that a file's name can hold.
        const own = names.has(fileName) ? `ensemble${index}-${fileName}` : fileName
        names.add(own)
        yield { fileName: own, bytes }
      }
    }
  }
}

/**
 * Writes every figure of a run into a folder, and the run's summary as JSON.
 *
 * @returns the files written
 * @throws {LabError} 'file-problem' with the file that could not be written
 */
export async function exportFigures(
  render: RenderFigure,
  run: RunDetail,
  folder: string,
  appearance: FigureAppearance = defaultAppearance,
  formats: readonly FigureFormat[] = figureFormats
): Promise<string[]> {
  const written: string[] = []
  const write = async (name: string, bytes: Uint8Array): Promise<void> => {
    const path = join(folder, name)
    await writeFileAtomically(path, bytes)
    written.push(path)
  }
  for await (const { fileName, bytes } of runFigures(render, run, appearance, formats)) {
    await write(fileName, bytes)
  }
  await write('run.json', Buffer.from(`${JSON.stringify(run, null, 2)}\n`))
  return written
}
