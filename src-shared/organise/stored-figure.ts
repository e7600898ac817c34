import { z } from 'zod'
import { figureSpecSchema } from '../figures/figure-request'

/** A figure about to be stored; one of the same id is replaced. */
export const newFigureSchema = z.strictObject({
  id: z.string().min(1).max(100),
  name: z.string().trim().min(1, 'a figure’s name has at least one character').max(200),
  spec: figureSpecSchema,
  /** Among the session's figures, ascending; left out: after all others, or where it was. */
  position: z.number().optional(),
  /** ISO 8601, UTC; left out: now, or what it was. */
  createdAt: z.iso.datetime().optional()
})
export type NewFigure = z.infer<typeof newFigureSchema>

/** A figure as the session keeps it. */
export const storedFigureSchema = newFigureSchema.required().extend({
  /** ISO 8601, UTC. */
  changedAt: z.iso.datetime()
})
export type StoredFigure = z.infer<typeof storedFigureSchema>
