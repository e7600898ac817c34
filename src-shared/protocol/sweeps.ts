import { z } from 'zod'
import { experimentSchema } from '../design/experiment'
import { sweepAxesSchema } from '../design/sweep'
import { runLabelsSchema } from '../organise/run-edit'

/** A template and what varies in it. */
export const sweepRequestSchema = z.strictObject({
  experiment: experimentSchema,
  axes: sweepAxesSchema
})

export const sweepStartSchema = sweepRequestSchema.extend({
  /** What the runs are filed under; null for no group, left out: the template's name and the axes'. */
  group: runLabelsSchema.shape.group.optional(),
  /** Runs that the session has are not computed again: finished ones stay, stopped ones go on. */
  onlyMissing: z.boolean().default(false)
})

/** What starting a sweep did; every run of it is in one of the lists. */
export const sweepStartedSchema = z.object({
  /** Queued, in order. */
  runIds: z.array(z.string()),
  /** In the session already, finished or on their way. */
  presentIds: z.array(z.string())
})

/** What a whole sweep would take. */
export const sweepForecastSchema = z.object({
  runs: z.int(),
  /** What tells the runs from one another, in their order. */
  labels: z.array(z.string()),
  group: z.string(),
  networks: z.int(),
  flops: z.number(),
  /** Of one block of networks: the greatest of any run, for they run one after another. */
  memoryBytes: z.number(),
  /** What the results of all runs take in the session. */
  diskBytes: z.number(),
  /** Of training: an estimate, corrected by what the last run on this machine took. */
  estimatedSeconds: z.number(),
  /** Each once, with the runs that it concerns. */
  warnings: z.array(z.object({ text: z.string(), labels: z.array(z.string()) }))
})
export type SweepForecast = z.infer<typeof sweepForecastSchema>
