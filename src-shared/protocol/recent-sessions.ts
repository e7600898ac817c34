import { z } from 'zod'

/** A session that was open lately. */
export const rememberedSessionSchema = z.object({
  /** Its file's, absolute. */
  path: z.string().min(1),
  /** When it was last opened: ISO 8601, UTC. */
  openedAt: z.iso.datetime()
})
export type RememberedSession = z.infer<typeof rememberedSessionSchema>

/** The same with what its file is like now. */
export const recentSessionSchema = rememberedSessionSchema.extend({
  /** null where there is no file any more, or none that can be reached. */
  bytes: z.number().nullable()
})
export type RecentSession = z.infer<typeof recentSessionSchema>
