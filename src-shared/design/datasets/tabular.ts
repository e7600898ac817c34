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

/** A SHA-256, such as names the contents of a stored data set. */
export const contentHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in 64 hexadecimal digits')

/** Data imported into the session, named by the SHA-256 of their contents. */
export const storedSchema = preparationSchema.extend({
  kind: z.literal('stored'),
  sha256: contentHash
})

/** Training and test data from a table that `tables` hands in. */
export function tabularDataset(
  spec: z.infer<typeof bundledSchema> | z.infer<typeof storedSchema>,
  tables: TableSource
): Dataset {
  const table = spec.kind === 'bundled' ? tables.bundled(spec.set) : tables.stored(spec.sha256)
  return prepareTable(table, spec)
}
