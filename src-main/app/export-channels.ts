import { mkdir, readFile } from 'node:fs/promises'
import { clipboard, nativeImage } from 'electron'
import type { EngineClient } from '@shared/protocol/engine-client'
import { writeFileAtomically } from '../files/write-atomically'
import type { MainHandlers } from './ipc'
import { reportPdf } from './report-pdf'

type ExportChannel =
  | 'figure:save'
  | 'figure:copy'
  | 'data:save'
  | 'study:save'
  | 'bundle:save'
  | 'bundle:open'
  | 'report:save'
  | 'experiment:save'
  | 'experiment:open'
  | 'text:copy'

/** How these channels reach the engine and the user. */
export interface ExportSurroundings {
  readonly ask: () => EngineClient
  /** Where the user wants a file; null where they changed their mind. */
  readonly savePath: (
    title: string,
    fileName: string,
    kind: string,
    extension: string
  ) => Promise<string | null>
  /** The file that the user chose; null where they changed their mind. */
  readonly openPath: (
    title: string,
    kind: string,
    extensions: readonly string[]
  ) => Promise<string | null>
  /** A folder of this name where the user wants it. */
  readonly folderPath: (title: string, name: string) => Promise<string | null>
}

/** What answers the page's channels that write into files and the clipboard, and take bundles in. */
export function exportChannels({
  ask,
  savePath,
  openPath,
  folderPath
}: ExportSurroundings): Pick<MainHandlers, ExportChannel> {
  /** Has files written into a folder where the user wants it, and answers where that is. */
  const intoFolder = async (
    title: string,
    name: string,
    write: (folder: string) => Promise<unknown>
  ): Promise<string | null> => {
    const folder = await folderPath(title, name)
    if (folder === null) return null
    await mkdir(folder, { recursive: true })
    await write(folder)
    return folder
  }
  return {
    'figure:save': async (request) => {
      const { bytes, fileName } = await ask().request('figure.render', request)
      const { format } = request
      const path = await savePath('Export figure', fileName, format.toUpperCase(), format)
      if (path !== null) await writeFileAtomically(path, bytes)
      return path
    },
    'figure:copy': async (request) => {
      const png = await ask().request('figure.render', { ...request, format: 'png' })
      const svg = await ask().request('figure.render', { ...request, format: 'svg' })
      // Programs for pictures take the image, editors the text.
      clipboard.write({
        image: nativeImage.createFromBuffer(Buffer.from(png.bytes)),
        text: new TextDecoder().decode(svg.bytes)
      })
    },
    'data:save': ({ name, ...choice }) =>
      intoFolder('Export data', name, (folder) =>
        ask().request('export.data', { ...choice, folder })
      ),
    'study:save': ({ name, studyId }) =>
      intoFolder('Export study', name, (folder) =>
        ask().request('export.study', { studyId, folder })
      ),
    'bundle:save': async ({ runIds, name }) => {
      const path = await savePath('Export bundle', `${name}.zip`, 'Bundle of runs', 'zip')
      if (path !== null) await ask().request('export.bundle', { runIds, path })
      return path
    },
    'bundle:open': async () => {
      const path = await openPath('Import bundle', 'Bundle of runs', ['zip'])
      return path === null ? null : ask().request('bundle.import', { path })
    },
    'experiment:save': async ({ text, name }) => {
      const path = await savePath('Save experiment', `${name}.json`, 'Experiment', 'json')
      if (path !== null) await writeFileAtomically(path, new TextEncoder().encode(text))
      return path
    },
    'text:copy': (text) => {
      clipboard.writeText(text)
    },
    'experiment:open': async () => {
      const path = await openPath('Open experiment', 'Experiment', ['json'])
      return path === null ? null : readFile(path, 'utf8')
    },
    'report:save': async ({ format }) => {
      const path = await savePath('Export report', `report.${format}`, format.toUpperCase(), format)
      if (path === null) return null
      const writeHtml = async (target: string): Promise<void> => {
        await ask().request('export.report', { runIds: null, path: target })
      }
      if (format === 'html') await writeHtml(path)
      else await writeFileAtomically(path, await reportPdf(writeHtml))
      return path
    }
  }
}
