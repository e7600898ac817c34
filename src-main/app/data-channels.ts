import { basename } from 'node:path'
import { LabError } from '@shared/protocol/errors'
import type { ExportSurroundings } from './export-channels'
import type { MainHandlers } from './ipc'

type DataChannel = 'dataset:choose' | 'dataset:read' | 'dataset:import'

/** What tables are stored in; the first is offered to the tests. */
const extensions = ['csv', 'tsv', 'txt', 'npy', 'npz', 'json']

/**
 * What answers the page's channels that import tables. The page never names a file: what it asks for
 * is done with the one that the user chose last.
 */
export function dataChannels({
  ask,
  openPath
}: Pick<ExportSurroundings, 'ask' | 'openPath'>): Pick<MainHandlers, DataChannel> {
  let chosen: string | null = null
  const path = (): string => {
    if (chosen !== null) return chosen
    throw new LabError('invalid-request', 'no file was chosen: choose one first')
  }
  return {
    'dataset:choose': async () => {
      const file = await openPath('Import data', 'Tables', extensions)
      if (file === null) return null
      chosen = file
      return { fileName: basename(file) }
    },
    'dataset:read': (options) => ask().request('dataset.preview', { path: path(), options }),
    'dataset:import': (request) => ask().request('dataset.import', { path: path(), ...request })
  }
}
