import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { generators } from '@shared/design/dataset'
import { prepareTable } from '@shared/design/datasets/prepare-table'
import type {
  DatasetList,
  DatasetPreview,
  ImportOptions,
  ImportRequest
} from '@shared/protocol/datasets'
import { listBundledData } from '../files/bundled-data'
import { importTable } from '../files/import/import-table'
import { openTable } from '../files/import/open-table'
import { previewTable } from '../files/import/preview-table'
import type { NewDataset } from '../session/datasets'
import type { Session } from '../session/session'

/**
 * All data that experiments can name.
 *
 * @param session null lists none that are stored
 */
export function listData(session: Session | null): DatasetList {
  return {
    generators: Object.entries(generators).map(([kind, { title, description, formula }]) => ({
      ...{ kind, title, description, formula }
    })),
    bundled: listBundledData(),
    stored: session?.listDatasets() ?? []
  }
}

/** What a file holds. @throws {LabError} as openTable and previewTable */
export async function previewDataset(
  path: string,
  options: ImportOptions
): Promise<DatasetPreview> {
  return previewTable(await openTable(path, options))
}

/**
 * A file's data, ready to be stored. They are prepared once, so that what no experiment could use is
 * refused here.
 *
 * @throws {LabError} as importTable and prepareTable
 */
export async function datasetFromFile(request: ImportRequest): Promise<NewDataset> {
  const { path, name, options, preparation } = request
  const table = await importTable(path, options)
  prepareTable(table, preparation)
  const origin = {
    fileName: basename(path),
    fileBytes: (await stat(path)).size,
    fileSha256: await fileSha256(path),
    importedAt: new Date().toISOString(),
    options
  }
  return { name: name ?? basename(path, extname(path)), table, origin, preparation }
}

async function fileSha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
