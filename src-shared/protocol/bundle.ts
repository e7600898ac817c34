import { z } from 'zod'
import { contentHash } from '../design/datasets/tabular'

/** Of what is written now; older ones stay readable. */
export const bundleVersion = 2

/** A path inside a bundle: names between "/", none of which leads anywhere else. */
const bundlePath = z
  .string()
  .max(400)
  .regex(/^(?:[\w+-][\w.+-]*\/)*[\w+-][\w.+-]*$/, 'must be a relative path of plain names')

/** What belongs to the session and rests on the bundle's runs alone. */
const ofSession = z
  .array(z.strictObject({ id: z.string().min(1), name: z.string(), folder: bundlePath }))
  .default([])

/** What a bundle holds, and how to tell that it is whole. */
export const bundleManifestSchema = z.strictObject({
  format: z.literal('tangent-bundle'),
  version: z.int().min(1),
  /** The format of the session that the rows are from. */
  sessionFormat: z.int().min(1),
  appVersion: z.string(),
  runs: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        name: z.string(),
        configHash: contentHash,
        seed: z.number(),
        folder: bundlePath
      })
    )
    .min(1),
  datasets: z.array(z.strictObject({ sha256: contentHash, name: z.string(), folder: bundlePath })),
  /** Since version 2. */
  figures: ofSession,
  studies: ofSession,
  /** Every other file of the bundle. */
  files: z.array(z.strictObject({ path: bundlePath, bytes: z.int().min(0), sha256: contentHash }))
})
export type BundleManifest = z.infer<typeof bundleManifestSchema>

/** A value of a session's table in JSON: bytes in hexadecimal, arrays in files of their own. */
const rowValueSchema = z.union([
  z.number(),
  z.string(),
  z.null(),
  z.strictObject({ hex: z.string().regex(/^(?:[0-9a-f]{2})*$/) }),
  z.strictObject({ real: z.enum(['Infinity', '-Infinity']) }),
  z.strictObject({ npy: bundlePath })
])
export type RowValue = z.infer<typeof rowValueSchema>

/** Rows of a session's tables, in the order in which they can be inserted. */
export const bundleRowsSchema = z.array(
  z.strictObject({
    table: z.string(),
    columns: z.array(z.string()).min(1),
    rows: z.array(z.array(rowValueSchema))
  })
)
export type BundleRows = z.infer<typeof bundleRowsSchema>

const imported = z.array(z.object({ id: z.string(), name: z.string(), isNew: z.boolean() }))

/** What became of what a bundle holds; not new is what the session had already. */
export const bundleImportSchema = z.object({
  runs: imported,
  figures: imported,
  studies: imported,
  datasets: z.array(z.object({ sha256: z.string(), name: z.string(), isNew: z.boolean() }))
})
export type BundleImport = z.infer<typeof bundleImportSchema>
