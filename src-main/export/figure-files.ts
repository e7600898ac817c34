import { join } from 'node:path'
import { noEdits } from '@shared/figures/figure-edits'
import { figureSourcesOf } from '@shared/figures/figure-kinds'
import type { FigureRequest } from '@shared/figures/figure-request'
import type { FigureKind } from '@shared/figures/figure-source'
import type { RunDetail } from '@shared/protocol/results'
import { javascriptLinearAlgebra } from '../engine/float64/javascript-linear-algebra'
import type { FigureContext } from '../engine/views/figure-data'
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
export function renderFrom(source: ExportSource): RenderFigure {
  return (request) => renderFigure(request, figureContext(source))
}

/** What figures are made from where there is no engine. */
export function figureContext({ session, tables }: ExportSource): FigureContext {
  return {
    ...{ session, tables },
    algebra: () => javascriptLinearAlgebra,
    results: (runId, index) => readEnsembleResults(session, tables, runId, index)
  }
}

/** What is drawn of a run, and how. */
export interface FigureChoice {
  readonly kinds: readonly FigureKind[]
  readonly appearance: FigureAppearance
  readonly formats: readonly FigureFormat[]
}

/** What every run has. */
export const basicKinds: readonly FigureKind[] = ['function', 'loss']

/** Figures of a run, drawn one after the other, each with a name of its own. */
export async function* runFigures(
  render: RenderFigure,
  run: RunDetail,
  { kinds, appearance, formats }: FigureChoice
): AsyncGenerator<FigureFile> {
  const names = new Set<string>()
  const indices = run.ensembles.map(({ index }) => index)
  for (const source of kinds.flatMap((kind) => figureSourcesOf(kind, run.id, indices))) {
    for (const format of formats) {
      const request = { ...appearance, source, edits: noEdits, format }
      const { fileName, bytes } = await render(request)
      // Conditions may differ in nothing that a file's name can hold.
      const isTaken = names.has(fileName) && 'ensembleIndex' in source
      const own = isTaken ? `ensemble${source.ensembleIndex}-${fileName}` : fileName
      names.add(own)
      yield { fileName: own, bytes }
    }
  }
}

/**
 * Writes figures of a run into a folder, and the run's summary as JSON.
 *
 * @returns the files written
 * @throws {LabError} 'file-problem' with the file that could not be written
 */
export async function exportFigures(
  render: RenderFigure,
  run: RunDetail,
  folder: string,
  choice: FigureChoice
): Promise<string[]> {
  const written: string[] = []
  const write = async (name: string, bytes: Uint8Array): Promise<void> => {
    const path = join(folder, name)
    await writeFileAtomically(path, bytes)
    written.push(path)
  }
  for await (const { fileName, bytes } of runFigures(render, run, choice)) {
    await write(fileName, bytes)
  }
  await write('run.json', Buffer.from(`${JSON.stringify(run, null, 2)}\n`))
  return written
}
