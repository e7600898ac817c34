import { z } from 'zod'
import { datasetSchema } from '../design/dataset'
import { plotSchema } from '../figures/plot'

/** Data to be looked at, and from where, for those of three inputs. */
export const dataViewRequestSchema = z.strictObject({
  data: datasetSchema,
  /** Around the third axis, and above the plane of the first two; degrees. */
  azimuth: z.number().min(-360).max(360).default(30),
  elevation: z.number().min(-90).max(90).default(20)
})

/** Training and test data as an experiment would use them. */
export const dataViewSchema = z.object({
  trainCount: z.int().min(1),
  testCount: z.int().min(1),
  inputs: z.int().min(1),
  outputs: z.int().min(1),
  /** Of all inputs. Where they are equal (to rounding), the SG-NTK among the points is symmetric. */
  norms: z.object({ smallest: z.number(), largest: z.number(), areEqual: z.boolean() }),
  /** Training points that repeat an earlier one, with which kernels are singular. */
  repeated: z.int().min(0),
  /** null where the targets are numbers. */
  classes: z
    .array(z.object({ name: z.string(), train: z.int().min(0), test: z.int().min(0) }))
    .nullable(),
  /** Where the points are: as they are, seen in perspective-free projection, or their principal components. */
  points: z.object({
    plot: plotSchema,
    /** How the picture relates to the inputs, a sentence. */
    note: z.string(),
    /** It depends on where one looks from. */
    canTurn: z.boolean()
  }),
  targets: plotSchema,
  norm: plotSchema
})
export type DataView = z.infer<typeof dataViewSchema>
