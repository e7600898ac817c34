import { z } from 'zod'
import { contentHash } from '../design/datasets/tabular'
import { preparationSchema } from '../design/datasets/preparation'
import { provenanceSchema } from '../design/datasets/bundled-sets'

export const importFormats = ['csv', 'npy', 'npz', 'json'] as const
export type ImportFormat = (typeof importFormats)[number]

const names = z.array(z.string().min(1)).min(1)

/** How a file is read and what its columns are for; what is left out is found out. */
export const importOptionsSchema = z.strictObject({
  /** Between the cells of a text file. */
  delimiter: z.string().length(1, 'delimiter must be one character').optional(),
  /** The decimal mark of a text file. */
  decimal: z.enum(['.', ',']).optional(),
  /** Whether a text file's first row has names. */
  header: z.boolean().optional(),
  /** Columns, or arrays as a whole, that are inputs; left out: all numeric ones of no other role. */
  inputs: names.optional(),
  /** Columns of numbers to be learned. */
  targets: names.optional(),
  /** The column of classes to be learned, instead of targets. */
  label: z.string().min(1).optional()
})
export type ImportOptions = z.infer<typeof importOptionsSchema>

/** What a column holds. */
const columnPreviewSchema = z.object({
  name: z.string(),
  /** The array that it is part of, whose name stands for all its columns. */
  group: z.string().nullable(),
  /** Texts make a column 'text', whatever else is in it. */
  type: z.enum(['number', 'text']),
  /** Cells without a value, or with an infinite one, and where the first one is. */
  missing: z.int().min(0),
  firstMissing: z.int().min(1).nullable(),
  /** Different values; counted up to 1,000. */
  distinct: z.int().min(0),
  /** Of its finite numbers; null without any. */
  statistics: z
    .object({ minimum: z.number(), maximum: z.number(), mean: z.number(), deviation: z.number() })
    .nullable()
})
export type ColumnPreview = z.infer<typeof columnPreviewSchema>

/** What a column is for. */
export const rolesSchema = z.object({
  inputs: z.array(z.string()),
  targets: z.array(z.string()),
  label: z.string().nullable()
})
export type Roles = z.infer<typeof rolesSchema>

/** What a file holds, before anything is imported. */
export const datasetPreviewSchema = z.object({
  fileName: z.string(),
  format: z.enum(importFormats),
  delimiter: z.string().nullable(),
  decimal: z.enum(['.', ',']),
  header: z.boolean().nullable(),
  rows: z.int().min(0),
  columns: z.array(columnPreviewSchema),
  /** The first rows as they stand in the file. */
  firstRows: z.array(z.array(z.string())),
  /** What columns are for where nothing is stated. */
  roles: rolesSchema
})
export type DatasetPreview = z.infer<typeof datasetPreviewSchema>

/** Where a stored data set comes from. */
export const originSchema = z.strictObject({
  fileName: z.string(),
  fileBytes: z.int().min(0),
  fileSha256: contentHash,
  /** ISO 8601, UTC. */
  importedAt: z.string(),
  /** As they were stated. */
  options: importOptionsSchema
})
export type DatasetOrigin = z.infer<typeof originSchema>

/** A data set stored in the session, apart from its rows. */
export const storedDatasetSchema = z.object({
  sha256: contentHash,
  name: z.string(),
  rows: z.int().min(1),
  inputNames: z.array(z.string()),
  targets: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('numbers'), names: z.array(z.string()) }),
    z.strictObject({ kind: z.literal('classes'), names: z.array(z.string()) })
  ]),
  origin: originSchema,
  /** How experiments are to use it, if they state nothing else. */
  preparation: preparationSchema
})
export type StoredDataset = z.infer<typeof storedDatasetSchema>

/** A file to import into the session. */
export const importRequestSchema = z.strictObject({
  path: z.string().min(1),
  /** What the data are called; the file's name without its ending where it is left out. */
  name: z.string().min(1).max(200).optional(),
  options: importOptionsSchema,
  preparation: preparationSchema
})
export type ImportRequest = z.infer<typeof importRequestSchema>

/** What became of an import. */
export const importResultSchema = z.object({
  dataset: storedDatasetSchema,
  /** false where the session had the same contents already. */
  isNew: z.boolean()
})

/** All data that experiments can name. */
export const datasetListSchema = z.object({
  generators: z.array(
    z.object({ kind: z.string(), title: z.string(), description: z.string(), formula: z.string() })
  ),
  bundled: z.array(provenanceSchema),
  /** Of the open session, oldest first. */
  stored: z.array(storedDatasetSchema)
})
export type DatasetList = z.infer<typeof datasetListSchema>
