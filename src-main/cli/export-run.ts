import { join } from 'node:path'
import type { RequestOf } from '@shared/protocol/channels'
import type { RunDetail } from '@shared/protocol/results'
import type { Engine } from '../engine/engine'
import { writeFileAtomically } from '../files/write-atomically'

/** A figure's size in print: 190 mm × 127 mm at 96 pixels an inch. */
const SIZE = { width: 720, height: 480 } as const
const DOTS_PER_INCH = 300

/**
 * Writes every figure of a run as SVG, PDF and PNG, and its summary as JSON.
 *
 * @returns the files written
 */
export async function exportRun(engine: Engine, run: RunDetail, folder: string): Promise<string[]> {
  const written: string[] = []
  const write = async (name: string, bytes: Uint8Array): Promise<void> => {
    const path = join(folder, name)
    await writeFileAtomically(path, bytes)
    written.push(path)
  }
  for (const { index } of run.ensembles) {
    for (const figure of ['function', 'loss'] as const) {
      for (const format of ['svg', 'pdf', 'png'] as const) {
        const request: RequestOf<'figure.render'> = {
          runId: run.id,
          ensembleIndex: index,
          step: null,
          figure,
          format,
          theme: 'light',
          ...SIZE,
          dotsPerInch: DOTS_PER_INCH
        }
        const { bytes, fileName } = await engine.handle('figure.render', request)
        await write(fileName, bytes)
      }
    }
  }
  await write('run.json', Buffer.from(`${JSON.stringify(run, null, 2)}\n`))
  return written
}
