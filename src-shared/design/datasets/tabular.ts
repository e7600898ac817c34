import { z } from 'zod'
import { bundledSets } from './bundled-sets'
import type { Dataset } from './dataset-definition'
import { prepareTable } from './prepare-table'
import { preparationSchema } from './preparation'
import type { TableSource } from './table'

/** Real data that come with the lab. */
export const bundledSchema = preparationSchema.extend({
  kind: z.literal('bundled'),
  set: z.enum(bundledSets, { error: `set must be one of ${bundledSets.join(', ')}` })
})

/** Training and test data from a table that `tables` hands in. */
export function tabularDataset(spec: z.infer<typeof bundledSchema>, tables: TableSource): Dataset {
  return prepareTable(tables.bundled(spec.set), spec)
}
