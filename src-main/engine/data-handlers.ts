import { resolveDataset } from '@shared/design/dataset'
import { dataViewRequestSchema } from '@shared/protocol/data-view'
import { importRequestSchema } from '@shared/protocol/datasets'
import type { LinearAlgebra } from '@shared/theory/linear-algebra'
import type { Session } from '../session/session'
import { datasetFromFile, listData, previewDataset } from './datasets'
import type { Handlers } from './handlers'
import type { SessionTables } from './session-tables'
import { dataView } from './views/data-view'

/** The channels of data for experiments. */
export type DataChannel = 'dataset.list' | 'dataset.show' | 'dataset.preview' | 'dataset.import'

/**
 * What answers these channels.
 *
 * @param session the open one
 */
export function dataHandlers(
  session: () => Session,
  tables: SessionTables,
  algebra: LinearAlgebra
): Pick<Handlers, DataChannel> {
  return {
    'dataset.list': () => listData(session()),
    'dataset.show': (request) => {
      const { data, ...from } = dataViewRequestSchema.parse(request)
      return dataView(resolveDataset(data, tables), from, algebra)
    },
    'dataset.preview': ({ path, options }) => previewDataset(path, options),
    'dataset.import': async (request) => {
      const dataset = await datasetFromFile(importRequestSchema.parse(request))
      return session().addDataset(dataset)
    }
  }
}
