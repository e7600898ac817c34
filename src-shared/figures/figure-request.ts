import { z } from 'zod'

/** Which figure of a run to draw, and how. */
export const figureRequestSchema = z.strictObject({
  runId: z.string().min(1),
  ensembleIndex: z.int().min(0),
  /** A recorded step; null for the last. */
  step: z.int().min(0).nullable(),
  figure: z.enum(['function', 'loss']),
  format: z.enum(['svg', 'png']),
  theme: z.enum(['light', 'dark']),
  /** Size in CSS pixels (96 an inch). */
  width: z.int().min(200).max(4000),
  height: z.int().min(150).max(4000),
  /** Resolution of PNG, dots an inch. */
  dotsPerInch: z.int().min(72).max(1200)
})
export type FigureRequest = z.infer<typeof figureRequestSchema>
