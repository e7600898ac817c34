import { z } from 'zod'

/** Real data that come with the lab, in resources/data. */
export const bundledSets = ['digits', 'iris', 'wine', 'breast-cancer', 'diabetes'] as const
export type BundledSet = (typeof bundledSets)[number]

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** What is known of a bundled data set besides its rows. */
export const provenanceSchema = z.strictObject({
  id: z.enum(bundledSets),
  title: z.string(),
  /** What the rows are, in a sentence or two. */
  about: z.string(),
  origin: z.string(),
  citation: z.string(),
  licence: z.string(),
  /** What it was made from, by resources/data/convert.mjs. */
  source: z.strictObject({
    package: z.string(),
    wheelSha256: sha256,
    files: z.array(z.strictObject({ name: z.string(), sha256 }))
  }),
  /** Of the CSV file beside it. */
  sha256,
  rows: z.int().min(1),
  inputs: z.int().min(1),
  /** The name of the last column, which the inputs are to be mapped to. */
  target: z.string(),
  /** null where the targets are numbers. */
  classNames: z.array(z.string()).min(2).nullable()
})
export type Provenance = z.infer<typeof provenanceSchema>
