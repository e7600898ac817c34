import { z } from 'zod'
import { plotSchema } from '../figures/plot'

/** What an ensemble in training looks like at the last recorded step of the networks in training. */
export const liveViewSchema = z.object({
  ensembleIndex: z.int(),
  width: z.int(),
  /** Empty where nothing is swept. */
  conditionLabel: z.string(),
  step: z.int(),
  /** t = step · η. */
  trainingTime: z.number(),
  /** Networks that have come to this step: those that are done, and those in training. */
  networks: z.int(),
  /** Of the whole ensemble. */
  ensembleSize: z.int(),
  /** Floating point operations a second in training; null before there is a rate. */
  flopsPerSecond: z.number().nullable(),
  /** Functions against the prediction at the same time, losses, weights, and kernels where recorded. */
  plots: z.object({
    functions: plotSchema,
    losses: plotSchema,
    movement: plotSchema.nullable(),
    drift: plotSchema.nullable()
  })
})
export type LiveView = z.infer<typeof liveViewSchema>
