import { z } from 'zod'

/** What a run is filed under: one word or a few, so that it can be typed in a search. */
export const tagSchema = z
  .string()
  .trim()
  .min(1, 'a tag has at least one character')
  .max(60, 'a tag has at most 60 characters')
  .regex(/^[^,"\p{Cc}]*$/u, 'a tag has no commas, quotation marks or line breaks')

const groupSchema = z
  .string()
  .trim()
  .min(1, 'a group’s name has at least one character')
  .max(100, 'a group’s name has at most 100 characters')
  .regex(/^[^"\p{Cc}]*$/u, 'a group’s name has no quotation marks or line breaks')

/** Text in Markdown. */
export const noteSchema = z.string().max(100_000, 'a note has at most 100,000 characters')

/** What users say about a run; nothing of it changes what the run computes. */
export const runLabelsSchema = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'a run’s name has at least one character')
    .max(200, 'a run’s name has at most 200 characters'),
  note: noteSchema,
  /** null for a run without a group. */
  group: groupSchema.nullable(),
  /** Each once, in alphabetical order. */
  tags: z
    .array(tagSchema)
    .max(100, 'a run has at most 100 tags')
    .transform((tags) => [...new Set(tags)].sort()),
  /** Put away: lists leave it out unless asked. */
  archived: z.boolean()
})
export type RunLabels = z.infer<typeof runLabelsSchema>

/** New labels for one run; what is left out stays as it is. */
export const runEditSchema = z.strictObject({
  runId: z.string().min(1),
  ...runLabelsSchema.partial().shape
})
export type RunEdit = z.infer<typeof runEditSchema>
