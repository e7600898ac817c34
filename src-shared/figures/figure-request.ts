import { z } from 'zod'
import { figureEditsSchema } from './figure-edits'
import { figureHeightSchema, figureWidthSchema, fontSizeSchema } from './figure-size'
import { figureSourceSchema } from './figure-source'
import { figureThemes } from './palette'

/**
 * A figure as it is stored, edited and drawn: where its data come from, what a user changed of it, and
 * how it looks. The same for the window, the command line and bundles.
 */
export const figureSpecSchema = z.strictObject({
  source: figureSourceSchema,
  edits: figureEditsSchema.prefault({}),
  theme: z.enum(figureThemes),
  /** Size in CSS pixels (96 an inch): the physical size, whatever the format. */
  width: figureWidthSchema,
  height: figureHeightSchema,
  /** Points. */
  fontSize: fontSizeSchema,
  /** Names the figure above the axes. */
  title: z.boolean().default(true),
  /** Says in one line below the axes how the figure came about. */
  provenance: z.boolean().default(true)
})
export type FigureSpec = z.infer<typeof figureSpecSchema>

/** A figure as a file. */
export const figureRequestSchema = figureSpecSchema.extend({
  format: z.enum(['svg', 'pdf', 'png']),
  /** Resolution of PNG, dots an inch. */
  dotsPerInch: z.int().min(72).max(1200)
})
export type FigureRequest = z.infer<typeof figureRequestSchema>

/** A figure that a run's data allow, or why they do not. */
export const offeredFigureSchema = z.object({
  source: figureSourceSchema,
  objection: z.string().nullable()
})
export type OfferedFigure = z.infer<typeof offeredFigureSchema>
