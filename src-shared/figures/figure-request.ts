import { z } from 'zod'
import { figureHeightSchema, figureWidthSchema, fontSizeSchema } from './figure-size'
import { figureThemes } from './palette'

/** How a figure is drawn into a file: the same for the window, the command line and bundles. */
const figureAppearanceSchema = z.strictObject({
  theme: z.enum(figureThemes),
  /** Size in CSS pixels (96 an inch): the physical size, whatever the format. */
  width: figureWidthSchema,
  height: figureHeightSchema,
  /** Points. */
  fontSize: fontSizeSchema,
  /** Names the ensemble above the axes. */
  title: z.boolean().default(true),
  /** Says in one line below the axes how the figure came about. */
  provenance: z.boolean().default(true)
})

/** Which figure of a run to draw, how, and into what kind of file. */
export const figureRequestSchema = figureAppearanceSchema.extend({
  runId: z.string().min(1),
  ensembleIndex: z.int().min(0),
  /** A recorded step; null for the last. */
  step: z.int().min(0).nullable(),
  figure: z.enum(['function', 'loss']),
  format: z.enum(['svg', 'pdf', 'png']),
  /** Resolution of PNG, dots an inch. */
  dotsPerInch: z.int().min(72).max(1200)
})
export type FigureRequest = z.infer<typeof figureRequestSchema>
