import { z } from 'zod'
import { noteSchema } from './run-edit'

/** What users say about a session as a whole. */
export const sessionInfoSchema = z.object({
  /** Empty where the file's name says enough. */
  title: z.string().trim().max(200, 'a session’s title has at most 200 characters'),
  note: noteSchema
})
export type SessionInfo = z.infer<typeof sessionInfoSchema>

/** New values for a session's title or note; what is left out stays as it is. */
export const sessionEditSchema = z.strictObject(sessionInfoSchema.partial().shape)
export type SessionEdit = z.infer<typeof sessionEditSchema>
