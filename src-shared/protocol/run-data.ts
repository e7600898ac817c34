import { z } from 'zod'
import { runDetailSchema } from './results'

export const dataFormats = ['csv', 'parquet', 'json', 'npz', 'npy'] as const
export type DataFormat = (typeof dataFormats)[number]

/** Numbers that JSON lacks are the texts NaN, Infinity and -Infinity. */

const cellSchema = z.union([z.number(), z.string(), z.boolean(), z.null()])

/** The data of a run as a JSON file. */
export const runDataSchema = z
  .strictObject({
    format: z.literal('tangent-run-data'),
    version: z.literal(1),
    run: runDetailSchema.loose(),
    /** One row an observation, by the table's name. */
    tables: z.record(
      z.string(),
      z.strictObject({
        description: z.string(),
        columns: z.array(z.string().min(1)),
        rows: z.array(z.array(cellSchema))
      })
    )
  })
  .superRefine(({ tables }, context) => {
    for (const [name, { columns, rows }] of Object.entries(tables)) {
      const short = rows.findIndex((row) => row.length !== columns.length)
      if (short >= 0) {
        context.addIssue({
          code: 'custom',
          path: ['tables', name, 'rows', short],
          message: `has ${rows[short]?.length} cells for ${columns.length} columns`
        })
      }
    }
  })
